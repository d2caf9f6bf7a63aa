#!/usr/bin/env bats
# Whoever ends a long command early is told where it stood: step, place, log and the next command.

bats_require_minimum_version 1.5.0

setup() {
  export ARAGORA_STATE_DIR="$BATS_TEST_TMPDIR/state"
  script="$BATS_TEST_TMPDIR/script"
  cat >"$script" <<SH
#!/usr/bin/env bash
set -euo pipefail
root="$(cd "$BATS_TEST_DIRNAME/../.." && pwd)"
source "\$root/ops/lib/common.sh"
source "\$root/ops/lib/steps.sh"
good() { echo quiet words; }
bad() {
  echo why
  false
  echo never
}
refused() { die "a reason"; }
slow() { touch "$BATS_TEST_TMPDIR/slow"; sleep 30; }
begin try
next_command="mend it"
step first "does one thing" good
step second "does another" "\$1"
echo reached
SH
  chmod +x "$script"
}

@test "a step that works says its name, keeps its words in the log, and is timed" {
  run -0 "$script" good
  [[ "$output" == *"first        does one thing"* && "$output" == *reached* && "$output" != *"quiet words"* ]]
  grep -q "quiet words" "$ARAGORA_STATE_DIR"/log/try-*.log
  jq -se 'map(.step) == ["first", "second"] and all(.[]; .ended_ms >= .started_ms)' "$ARAGORA_STATE_DIR/try-times.jsonl"
}

@test "a command that fails ends it there, with place, log and next command" {
  run -1 "$script" bad
  [[ "$output" == *"FAILED in step second ($script:"*"exit code 1"*why*"log: "*"next: mend it"* && "$output" != *reached* ]]
}

@test "a refusal shows its reason to the person, not to the log only" {
  run -1 "$script" refused
  [[ "$output" == *"error: a reason"* && "$output" == *"FAILED in step second ($script:"* ]]
}

@test "a signal in the middle is told the same way, and the lock is free again" {
  "$script" slow >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
  until [[ -e "$BATS_TEST_TMPDIR/slow" ]]; do sleep 0.1; done
  local pid=$!
  kill -TERM "$pid"
  pkill -TERM -P "$pid" || true
  local code=0
  wait "$pid" || code=$?
  [[ "$code" == 143 ]]
  grep -qE 'FAILED in step second \(.*, ended by signal 15\), exit code 143' "$BATS_TEST_TMPDIR/said"
  run -0 "$script" good
}

@test "OPS_FAIL_AT makes a step fail after its work, for drills" {
  OPS_FAIL_AT=first run -1 "$script" good
  [[ "$output" == *"FAILED in step first"* && "$output" != *"does another"* ]]
  grep -q "quiet words" "$ARAGORA_STATE_DIR"/log/try-*.log
}
