#!/usr/bin/env bash
# Runs the fault drills, each a check: short counts, or with --nightly those the figures are for.
set -euo pipefail

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/checks.sh
source "$lib/checks.sh"
ops="$(dirname "$lib")"

# A short run is no measurement: what it took is told, what it lost is demanded.
export DRILL_TIMES=told

# The same seed every time: what fails can be done again.
seed=7

short=(
  "kill --count 5"
  "kill --nodes 1 --count 1"
  "postgres --count 2"
  "pause --seconds 10"
  "partition --seconds 15"
  "nodes"
  "rolling --count 2"
  "double --count 100"
  "misbehave"
  "network --count 2"
  "disk --count 1"
  "descriptors --count 200"
  "heap --count 60"
  "slow --count 300"
  "fuzz --count 5000"
)

nightly=(
  "kill --count 300"
  "kill --nodes 1 --count 20"
  "postgres --count 50"
  "pause --count 4 --seconds 45"
  "partition --count 4 --seconds 30"
  "nodes --count 5"
  "rolling --count 10"
  "clock --count 8"
  "double --count 500"
  "misbehave"
  "network --count 20"
  "disk --count 3"
  "descriptors --count 1000"
  "heap --count 600"
  "slow --count 2000"
  "fuzz --count 100000"
)

# Exit code 3 is a machine that lacks a right or a program: said, counted apart, never a pass.
checked() {
  local words code=0
  read -ra words <<<"$1"
  "$ops/drill" "${words[@]}" --seed "$seed" >"$said" 2>&1 || code=$?
  if ((code == 1)); then
    # As with the tests: what fails once and then passes is printed, not hidden.
    printf 'failed once: drill %s\n' "$1"
    tail -n 1 "$said"
    code=0
    "$ops/drill" "${words[@]}" --seed "$seed" >"$said" 2>&1 || code=$?
  fi
  if ((code == 3)); then
    skip "drill $1" "$(tail -n 1 "$said")"
  else
    check "drill $1" ended_with "$code" && tail -n 1 "$said"
  fi
}

ended_with() {
  tail -n 40 "$said"
  return "$1"
}

main() {
  local each drills=("${short[@]}")
  case "${1:-}" in
    "") ;;
    --nightly) drills=("${nightly[@]}") DRILL_TIMES=demanded ;;
    *) printf 'usage: ops/lib/drills.sh [--nightly]\n' >&2 && exit 2 ;;
  esac
  said="$(mktemp)"
  trap 'rm -f "$said"' EXIT
  for each in "${drills[@]}"; do checked "$each" || true; done
}

main "$@"
