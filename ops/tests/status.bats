#!/usr/bin/env bats
# shellcheck disable=SC2154 # bats sets stderr
# One screen that can be trusted: the same facts give the same words, and what needs somebody is said.

bats_require_minimum_version 1.5.0

setup() {
  status_of="$BATS_TEST_DIRNAME/../status"
  facts="$BATS_TEST_DIRNAME/fixtures/status"
}

same_screen() { diff "$facts/$1.txt" <(printf '%s\n' "$output"); }

@test "what is well is shown, and nothing is to do" {
  run -0 "$status_of" --from "$facts/well.json"
  same_screen well
}

@test "what is wrong is shown with what to do, and ends with 1" {
  run -1 "$status_of" --from "$facts/bad.json"
  same_screen bad
}

@test "a stack without backups is told to make some" {
  run -1 "$status_of" --from "$facts/bare.json"
  same_screen bare
}

@test "--json gives the facts and the same things to do" {
  run -1 "$status_of" --json --from "$facts/bad.json"
  [[ "$(jq '.todo | length' <<<"$output")" == 9 && "$(jq .at <<<"$output")" == 1764000000 ]]
}

@test "a file that is no status is refused" {
  printf 'nothing' >"$BATS_TEST_TMPDIR/x"
  run -1 --separate-stderr "$status_of" --from "$BATS_TEST_TMPDIR/x"
  [[ "$stderr" == *"is not what ops/status --json told"* ]]
}

@test "what is not understood ends with 2 and the usage" {
  run -2 "$status_of" --no-such
  [[ "$output" == *"usage: ops/status"* ]]
}
