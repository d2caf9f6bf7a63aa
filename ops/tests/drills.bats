#!/usr/bin/env bats
# The run of all drills, with drills that only say that they were there.

setup() {
  mkdir -p "$BATS_TEST_TMPDIR/ops/lib"
  cp "$BATS_TEST_DIRNAME"/../lib/{drills,checks}.sh "$BATS_TEST_TMPDIR/ops/lib/"
  cat >"$BATS_TEST_TMPDIR/ops/drill" <<'DRILL'
#!/usr/bin/env bash
here="$(dirname "$0")"
printf 'begins %s\n' "$1" >>"$here/seen"
case "$1" in
  --list) exit ;;
  soak) sleep 3 ;;
  disk) echo "this machine has no loop devices" && exit 3 ;;
  fuzz) echo '{"met":false}' && exit 1 ;;
  kill | rolling) sleep 1 ;;
esac
printf 'ends %s\n' "$1" >>"$here/seen"
printf '{"drill":"%s"}\n' "$1"
DRILL
  chmod +x "$BATS_TEST_TMPDIR/ops/drill"
  export CHECKS_TALLY="$BATS_TEST_TMPDIR/tally"
}

@test "a short run does two drills at a time, beside the soak, and counts every one" {
  run "$BATS_TEST_TMPDIR/ops/lib/drills.sh"
  [[ "$(grep -cx passed "$CHECKS_TALLY")" == 14 ]]
  [[ "$(grep -cx skipped "$CHECKS_TALLY")" == 1 ]]
  [[ "$output" == *'SKIPPED drill disk --count 1: this machine has no loop devices'* ]]
  # The first of each lane begins before either ends.
  [[ "$(sed -n 2,4p "$BATS_TEST_TMPDIR/ops/seen" | sort | tr '\n' ' ')" == "begins kill begins rolling begins soak " ]]
}

@test "a drill that is not met fails the run, after a second try" {
  run "$BATS_TEST_TMPDIR/ops/lib/drills.sh"
  [[ "$(grep -cx failed "$CHECKS_TALLY")" == 1 ]]
  [[ "$output" == *"failed once: drill fuzz --count 5000"* ]]
  [[ "$output" == *"NOT OK drill fuzz --count 5000"* ]]
  [[ "$(grep -c 'begins fuzz' "$BATS_TEST_TMPDIR/ops/seen")" == 2 ]]
}

@test "a nightly run does one drill at a time" {
  run "$BATS_TEST_TMPDIR/ops/lib/drills.sh" --nightly
  [[ "$(grep -v soak "$BATS_TEST_TMPDIR/ops/seen" | sed -n 2,3p | tr '\n' ' ')" == "begins kill ends kill " ]]
}

@test "an unknown word is refused with how it is used" {
  run "$BATS_TEST_TMPDIR/ops/lib/drills.sh" --weekly
  [[ "$status" == 2 ]]
  [[ "$output" == *"usage: ops/lib/drills.sh [--nightly]"* ]]
}
