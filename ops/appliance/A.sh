#!/usr/bin/env bash
# Shows what a stranger sees first: a stack from nothing, no file edited, tried out, restarted, and what it takes.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d /tmp/ara-a.XXXX)"
export COMPOSE_PROJECT_NAME="${COMPOSE_PROJECT_NAME:-aragora-a}" ARAGORA_ENV_FILE="$work/env"
touch "$ARAGORA_ENV_FILE"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/appliance/inspect.sh
source "$root/ops/appliance/inspect.sh"

# The limits in seconds that are promised (90 and 30) hold with A_PATIENCE=1; a shared machine is given three times as much.
up_limit=$((90 * ${A_PATIENCE:-3}))
smoke_limit=$((30 * ${A_PATIENCE:-3}))

figure() { printf '   %s: %s\n' "$1" "$2"; }

comes_up() {
  local started="$SECONDS"
  stack up -d --wait || return
  echo "healthy after $((SECONDS - started)) s" | tee "$work/up"
  ((SECONDS - started <= up_limit))
}

smokes() {
  "$root/ops/smoke" --json >"$work/smoke" || return
  jq -r '"\(.passed) checks in \(.seconds) s"' "$work/smoke" | tee "$work/smoked"
  jq -e --argjson limit "$smoke_limit" '.failed == 0 and .passed >= 15 and .seconds <= $limit' "$work/smoke"
}

# What the running containers hold, in MiB, summed.
memory() {
  running | xargs docker stats --no-stream --format '{{.MemUsage}}' | awk '
    { value = $1 + 0; if ($1 ~ /GiB/) value *= 1024; if ($1 ~ /KiB/) value /= 1024; sum += value }
    END { printf "%d\n", sum }'
}

is_small() {
  memory >"$work/memory"
  echo "$(<"$work/memory") MiB together"
  (($(<"$work/memory") <= 450))
}

image_is_small() {
  local size
  size=$(($(docker image inspect -f '{{.Size}}' "$1") / 1000000))
  echo "$1 has $size MB" | tee -a "$work/sizes"
  ((size <= $2))
}

main() {
  local version
  version="$(<"$root/VERSION")"
  HTTPS_PORT="$(free_port)" HTTP_PORT="$(free_port)"
  export HTTPS_PORT HTTP_PORT
  trap 'discard_stack || true; rm -rf "$work"' EXIT
  start_engine "${ENGINE_DIR:-$root/.tools/engine}"
  discard_stack
  check "A01 up with no edit is healthy within $up_limit s" comes_up || true
  check "A02 the smoke test passes within $smoke_limit s" smokes || true
  check "A03 the core takes at most 450 MB" is_small || true
  check "A04 the server's image has at most 180 MB" image_is_small "aragora/app:$version" 180 || true
  check "A05 the database's image has at most 260 MB" image_is_small "aragora/db:$version" 260 || true
  figure "up" "$(cat "$work/up")"
  figure "smoke" "$(cat "$work/smoked")"
  figure "memory" "$(cat "$work/memory") MiB"
  figure "images" "$(paste -sd ' ' "$work/sizes")"
  summary
}

main "$@"
