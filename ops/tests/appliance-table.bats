#!/usr/bin/env bats
# An id is as good as the worst of its checks.

bats_require_minimum_version 1.5.0

setup() {
  script="$BATS_TEST_TMPDIR/table.sh"
  sed '/^main "\$@"$/d' "$BATS_TEST_DIRNAME/../lib/appliance-table.sh" |
    sed "s|^root=.*|root='$(cd "$BATS_TEST_DIRNAME/../.." && pwd)'|" >"$script"
}

@test "one failure decides, and a waiver beside a success does not" {
  printf '%s\n' 'ok C01 reads (1 s)' 'NOT OK C01 reads: exit 1 where 0 was expected' '    ok C07 an indented line is output' \
    'ok C24 5.1 (0 s)' 'SKIPPED C24 5.2: waived' 'SKIPPED D11 arm64: elsewhere' 'ok images (2 s)' >"$BATS_TEST_TMPDIR/log"
  run -0 bash -c "source '$script' && table '$BATS_TEST_TMPDIR/log'"
  [[ "${lines[0]}" == "C01  NOT OK   2 checks" ]]
  [[ "${lines[1]}" == "C24  ok       2 checks" ]]
  [[ "${lines[2]}" == "D11  SKIPPED  1 checks" && "${#lines[@]}" == 3 ]]
}

@test "a group that does not exist is named with those that do" {
  run -1 "$BATS_TEST_DIRNAME/../lib/appliance-table.sh" Z
  [[ "$output" == *"there is no group Z; there are: "*C* ]]
}
