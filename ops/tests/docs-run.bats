#!/usr/bin/env bats
# Documents are programs: what they mark `run` is executed, and a broken command fails.

bats_require_minimum_version 1.5.0

setup() {
  export CHECKS_TALLY="$BATS_TEST_TMPDIR/tally"
  script="$BATS_TEST_DIRNAME/../lib/docs-run.sh"
  page="$BATS_TEST_TMPDIR/page.md"
}

# fenced MARK LINE...: a page with one block.
fenced() {
  local mark="$1"
  shift
  printf '%s\n' "Text." "\`\`\`$mark" "$@" '```' >>"$page"
}

@test "blocks marked run are executed in order, others are not" {
  fenced "bash run" "word=first"
  fenced "bash" "exit 7"
  fenced "bash run" "test \$word = first && echo ran >$BATS_TEST_TMPDIR/proof"
  run -0 "$script" "$page"
  [[ "$(<"$BATS_TEST_TMPDIR/proof")" == ran ]]
}

@test "a command that fails fails the page" {
  fenced "bash run" "false" "echo never"
  run -1 "$script" "$page"
  [[ "$output" == *"NOT OK page.md: its commands run"* ]]
}

@test "a mark nobody knows is an error" {
  fenced "bash runn" "true"
  run -1 "$script" "$page"
}
