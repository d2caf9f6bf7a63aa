#!/usr/bin/env bats
# ops/drill answers as a script can use it: codes, clear errors, and one line of JSON at the end.

bats_require_minimum_version 1.5.0

setup() {
  drill="$BATS_TEST_DIRNAME/../drill"
}

@test "--help names the exit codes" {
  run -0 "$drill" --help
  [[ "$output" == *"0 met, 1 not met, 2 wrong usage, 3 this machine"* ]]
}

@test "without a name it is wrong usage" {
  run -2 "$drill"
  [[ "$output" == *"ops/drill --list"* ]]
}

@test "--list names every drill and what it does" {
  run -0 "$drill" --list
  for name in kill postgres pause partition nodes; do
    [[ "$output" == *"$name "* ]]
  done
}

@test "a drill that does not exist is wrong usage and points to the list" {
  run -2 "$drill" meteor
  [[ "$output" == *"no drill is called meteor; ops/drill --list"* ]]
}

@test "a count that is no whole number is wrong usage" {
  run -2 "$drill" kill --count many
  [[ "$output" == *"--count takes a whole number from 1 to 1000000, not many"* ]]
}

@test "a count of none is wrong usage" {
  run -2 "$drill" kill --count 0
  [[ "$output" == *"--count takes a whole number"* ]]
}

@test "an option of another drill is wrong usage" {
  run -2 "$drill" kill --seconds 5
  [[ "$output" == *"kill has no option --seconds"* ]]
}

@test "the last line is one JSON object with every figure" {
  run -0 --separate-stderr "$drill" nodes --seed 7 --json
  jq -e '
    .drill == "nodes" and .seed == 7 and .met and .lost == 0 and .rebilled == 0
    and .history == "ok" and (.recovery_p95_s | type) == "number"
    and ([.invariants[]] | length >= 9 and all(. == "ok"))' <<<"${lines[-1]}"
}
