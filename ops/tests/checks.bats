#!/usr/bin/env bats
# The counting of checks must not be able to lie.

bats_require_minimum_version 1.5.0

setup() {
  export CHECKS_TALLY="$BATS_TEST_TMPDIR/tally"
  source "$BATS_TEST_DIRNAME/../lib/checks.sh"
}

@test "a passing check prints one line and is counted" {
  run check "two is two" test 2 = 2
  [[ "$output" == "ok two is two"* ]]
  [[ "$(summary)" == "1 passed, 0 failed" ]]
}

@test "a failing check shows its output and fails the run" {
  run -1 check "breaks" bash -c 'echo the reason; exit 3'
  [[ "$output" == *"NOT OK breaks: exit 3"* && "$output" == *"the reason"* ]]
  run -1 summary
  [[ "$output" == "0 passed, 1 failed" ]]
}

@test "a script answers for its own checks, the run for all of them" {
  local inner="source '$BATS_TEST_DIRNAME/../lib/checks.sh'; check 'within' true; summary"
  unset CHECKS_TALLY
  run -1 bash -c "source '$BATS_TEST_DIRNAME/../lib/checks.sh'
    check 'broke before' bash -c 'echo the reason; exit 3' >/dev/null || true
    bash -c \"$inner\" && echo 'the inner one is content'
    summary"
  [[ "$output" == *"1 passed, 0 failed"*"the inner one is content"* ]]
  [[ "$output" == *"== What failed"*"NOT OK broke before"*"the reason"*"1 passed, 1 failed" ]]
}

@test "an expected failure is a pass, an unexpected success is not" {
  expect 1 "refused" false
  run -1 expect 1 "refused" true
}

@test "a missing command is not the failure that was hoped for" {
  run -1 expect any-failure "refused" no-such-command-anywhere
}

@test "a run with no check at all does not pass" {
  skip "everything" "nothing to do"
  run -1 summary
  [[ "$output" == *"1 skipped"* ]]
}
