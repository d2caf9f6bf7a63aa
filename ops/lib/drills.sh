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

# A short run has two lanes: what happens to many nodes, and what happens to one.
many=(
  "kill --count 5"
  "kill --nodes 1 --count 1"
  "postgres --count 2"
  "pause --seconds 10"
  "partition --seconds 15"
  "nodes"
)

one=(
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

# One drill after the other; what is said of one is printed at once, as other lanes talk too.
lane() {
  local each
  said="$(mktemp)" last_output="$(mktemp)"
  for each in "$@"; do printf '%s\n' "$(checked "$each" || true)"; done
  rm -f "$said" "$last_output"
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
  local each
  for each in $(jobs -rp); do kill "$each"; done
  rm -f "$soak_said"
}

main() {
  local minutes=10 beside
  case "${1:-}" in
    "") ;;
    --nightly) DRILL_TIMES=demanded minutes=120 ;;
    *) printf 'usage: ops/lib/drills.sh [--nightly]\n' >&2 && exit 2 ;;
  esac
  # Built once: two drills must not build at the same time.
  "$ops/drill" --list >/dev/null
  trap stop EXIT
  soak_begins "$minutes"
  if ((minutes == 120)); then
    # Figures are for one drill at a time, with the machine to itself.
    lane "${nightly[@]}"
  else
    lane "${one[@]}" &
    beside=$!
    lane "${many[@]}"
    wait "$beside"
  fi
  check "drill soak --count $minutes, beside the others" soak_ends || tail -n 40 "$soak_said"
}

main "$@"
