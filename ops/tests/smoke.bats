#!/usr/bin/env bats
# shellcheck disable=SC2154 # bats sets stderr
# The smoke test itself: wrong usage, nothing to try, and a server that is not what it should be. That it passes on a
# real appliance is checked by ops/lib/outside.sh and ops/appliance.

bats_require_minimum_version 1.5.0

setup() {
  smoke="$BATS_TEST_DIRNAME/../smoke"
  printf 'ara_none\n' >"$BATS_TEST_TMPDIR/key"
}

@test "what is not understood ends with 2 and the usage" {
  run -2 "$smoke" --no-such
  [[ "$output" == *"usage: ops/smoke"* ]]
  run -2 "$smoke" --url https://localhost
  [[ "$output" == *"--url needs --key-file"* ]]
  run -2 "$smoke" --url localhost --key-file "$BATS_TEST_TMPDIR/key"
  run -2 "$smoke" --key-file "$BATS_TEST_TMPDIR/no-such"
}

@test "--help tells what stays behind" {
  run -0 "$smoke" --help
  [[ "$output" == *"what stays is what no appliance forgets"* ]]
}

@test "where nothing answers, the first check fails and is named" {
  run -1 "$smoke" --url http://127.0.0.1:9 --key-file "$BATS_TEST_TMPDIR/key"
  [[ "${lines[0]}" == "NOT OK health answers through the edge"* && "${lines[-1]}" == "0 passed, 1 failed, 0 skipped"* ]]
}

@test "--json gives one object, and the lines go to standard error" {
  run -1 --separate-stderr "$smoke" --json --url http://127.0.0.1:9 --key-file "$BATS_TEST_TMPDIR/key"
  [[ "$(jq -r '"\(.ok) \(.failed) \(.checks[0].result)"' <<<"$output")" == "false 1 failed" ]]
  [[ "$stderr" == *"NOT OK"* ]]
}

@test "the key is on no command line" {
  run ! grep -nE 'curl.*Authorization|-H .Authorization' "$BATS_TEST_DIRNAME"/../lib/smoke*.sh "$smoke"
}
