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

# The soak is steady, light work: it goes on beside the others, which would only wait for it.
soak_begins() {
  soak_said="$(mktemp)"
  "$ops/drill" soak --count "$1" --per-minute 60 --seed "$seed" >"$soak_said" 2>&1 &
  soak_pid=$!
}

soak_ends() {
  wait "$soak_pid" || return
  tail -n 1 "$soak_said"
}

stop() {
  ! kill -0 "$soak_pid" 2>/dev/null || kill "$soak_pid"
  rm -f "$said" "$soak_said"
}

main() {
  local each drills=("${short[@]}") minutes=10
  case "${1:-}" in
    "") ;;
    --nightly) drills=("${nightly[@]}") DRILL_TIMES=demanded minutes=120 ;;
    *) printf 'usage: ops/lib/drills.sh [--nightly]\n' >&2 && exit 2 ;;
  esac
  said="$(mktemp)"
  trap stop EXIT
  # Built once: two drills must not build at the same time.
  "$ops/drill" --list >/dev/null
  soak_begins "$minutes"
  for each in "${drills[@]}"; do checked "$each" || true; done
  check "drill soak --count $minutes, beside the others" soak_ends || tail -n 40 "$soak_said"
}

main "$@"
