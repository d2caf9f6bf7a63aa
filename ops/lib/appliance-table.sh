#!/usr/bin/env bash
# Runs the groups of checks in ops/appliance against real containers and prints a table: id, result.
#   appliance-table.sh [GROUP...]
# PREBUILT=yes takes the jar that Maven left in server/target; else it is built inside the image's build.
# IMAGES="app db edge" builds only those; else all of them.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/common.sh
source "$root/ops/lib/common.sh"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/lib/tools.sh
source "$root/ops/lib/tools.sh"

engine="${ENGINE_DIR:-/var/tmp/aragora-engine}"

# Every file of one capital letter is a group; the others are their parts.
groups() { find "$root/ops/appliance" -maxdepth 1 -name '[A-Z].sh' -printf '%f\n' | sort | sed 's/[.]sh$//'; }

# A group that ends before it said its result has failed, whatever it had said.
run_group() {
  local before
  before="$(counted failed)"
  printf '\n== %s\n' "$1"
  "$root/ops/appliance/$1.sh" >"$log.$1" 2>&1 || (($(counted failed) > before)) || {
    failed "$1: the group ended early" "$log.$1"
    printf 'NOT OK %s00 the group ended early\n' "$1" >>"$log.$1"
  }
  cat "$log.$1" && cat "$log.$1" >>"$log"
}

# An id is as good as the worst of its checks.
table() {
  awk '
    match($0, /^(ok|NOT OK|SKIPPED) [A-Z][0-9][0-9]/) {
      said = substr($0, 1, RLENGTH); id = substr(said, length(said) - 2); sub(/ ...$/, "", said)
      rank = said == "NOT OK" ? 3 : said == "ok" ? 2 : 1
      count[id]++
      if (rank > worst[id]) { worst[id] = rank; word[id] = said }
    }
    END { for (id in word) printf "%s  %-7s  %d checks\n", id, word[id], count[id] }
  ' "$1" | sort
}

main() {
  local group wanted=("$@") images=()
  ((${#wanted[@]} > 0)) || mapfile -t wanted < <(groups)
  for group in "${wanted[@]}"; do
    [[ -x "$root/ops/appliance/$group.sh" ]] || die "there is no group $group; there are: $(groups | paste -sd ' ')"
  done
  log="$(mktemp)"
  ensure_alert_tools
  start_engine "$engine"
  read -ra images <<<"${IMAGES:-}"
  check "images" "$root/ops/images" ${PREBUILT:+--prebuilt} "${images[@]}" || die "without images there is nothing to look at"
  for group in "${wanted[@]}"; do run_group "$group"; done
  printf '\n== Requirements\n'
  table "$log"
  rm -f "$log" "$log".*
  stop_engine "$engine"
  summary
}

main "$@"
