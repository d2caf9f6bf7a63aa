#!/usr/bin/env bats
# "Leaves no process" must be able to fail.

bats_require_minimum_version 1.5.0

setup() { source "$BATS_TEST_DIRNAME/../lib/appliance.sh"; }

teardown() {
  [[ -z "${stray:-}" ]] || kill "$stray" 2>/dev/null || true
  rm -rf "$data" "$files"
}

@test "with nothing started, nothing is left" {
  leaves_no_process
}

@test "a process that works in the data folder by its environment is found" {
  ARAGORA_DATA_DIR="$data" sleep 60 3>&- &
  stray=$!
  wait_for 5 "the process" grep -q "$data" "/proc/$stray/environ"
  run -1 leaves_no_process
  [[ "$output" == *"sleep 60"* ]]
}

@test "a process that names the data folder in its command line is found" {
  tail -f "$data/none" --retry --pid=$$ >/dev/null 2>&1 3>&- &
  stray=$!
  wait_for 5 "the process" grep -q "$data" "/proc/$stray/cmdline"
  run -1 leaves_no_process
}

@test "the receipt's id and the address are read from what quickstart prints" {
  printf '%s\n' "workspace 019389a0-0000-7000-8000-000000000009" \
    "receipt 019389a0-0000-7000-8000-000000000001 DECIDED valid and trusted" \
    "API http://127.0.0.1:8080/api/v1" >"$files/out"
  [[ "$(printed_receipt "$files/out")" == 019389a0-0000-7000-8000-000000000001 ]]
  [[ "$(printed_address "$files/out")" == http://127.0.0.1:8080 ]]
}
