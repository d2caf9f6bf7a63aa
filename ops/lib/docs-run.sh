#!/usr/bin/env bash
# Runs the fenced blocks that a document marks `run`, in order, as one script a page: docs-run.sh PAGE.md...
set -euo pipefail

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/checks.sh
source "$lib/checks.sh"
root="$(cd "$lib/../.." && pwd)"

# Prints what stands between ```bash run and the closing fence.
runnable() { awk '/^```bash run$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$1"; }

# A block that is fenced but neither plain nor `run` is a typing error that would never be executed.
marks_are_known() {
  ! grep -nE '^```(bash|sh|shell) ' "$1" | grep -vE '^[0-9]+:```bash run$'
}

run_page() {
  local script="$scratch/page.sh"
  runnable "$1" >"$script"
  if [[ -s "$script" ]]; then
    (cd "$root" && ARAGORA_DATA_DIR="$scratch/data" timeout 900 bash -euo pipefail "$script")
  fi
}

clean_up() {
  [[ ! -d "$scratch/data" ]] || ARAGORA_DATA_DIR="$scratch/data" timeout 60 "$root/ops/quickstart" --stop >/dev/null 2>&1 || true
  rm -rf "$scratch"
}

main() {
  local page failed=0
  (($#)) || {
    printf 'usage: docs-run.sh PAGE.md...\n' >&2
    exit 2
  }
  scratch="$(mktemp -d -t aragora-docs.XXXXXX)"
  trap clean_up EXIT
  for page in "$@"; do
    [[ -f "$page" ]] || continue
    check "$(basename "$page"): the fences are known" marks_are_known "$page" || failed=1
    [[ -z "$(runnable "$page")" ]] || check "$(basename "$page"): its commands run" run_page "$page" || failed=1
  done
  return "$failed"
}

main "$@"
