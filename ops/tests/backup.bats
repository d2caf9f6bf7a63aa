#!/usr/bin/env bats
# What the backup commands say and refuse before any engine is asked; ops/appliance/B.sh shows what they do.

bats_require_minimum_version 1.5.0

setup() {
  backup="$BATS_TEST_DIRNAME/../../backup"
  export ARAGORA_ENV_FILE="$BATS_TEST_TMPDIR/env" DOCKER_HOST="unix://$BATS_TEST_TMPDIR/none.sock" COMPOSE_PROJECT_NAME=bats
}

@test "every command says what it does and what its exit codes mean" {
  for each in backup verify status restore drill kit rekey offsite schedule; do
    run -0 "$backup/$each" --help
    [[ "${#lines[@]}" -ge 2 && "$output" == *"backup/$each"* ]]
  done
}

@test "what is not understood ends with 2 and changes nothing" {
  for each in backup verify status restore drill kit rekey offsite schedule; do
    run -2 "$backup/$each" --nonsense
  done
  run -2 "$backup/restore"
  [[ "$output" == *"say what to restore"* ]]
  run -2 "$backup/restore" latest --into 'Not/a name'
  run -2 "$backup/kit"
  run -2 "$backup/offsite"
}

@test "without an engine it says that the engine does not answer" {
  for each in "backup" "verify" "status" "restore latest" "drill" "kit check" "rekey" "offsite folder"; do
    # shellcheck disable=SC2086 # words
    run -1 "$backup/"$each
    [[ "$output" == *"Docker engine does not answer"* ]]
  done
}

@test "the weekly drill is scheduled by systemd, or by cron, and taken back" {
  export SCHEDULE_ROOT="$BATS_TEST_TMPDIR/machine"
  mkdir -p "$SCHEDULE_ROOT/etc/cron.d"
  run -0 "$backup/schedule"
  grep -q '^30 3 \* \* 0 root cd .* && backup/drill$' "$SCHEDULE_ROOT/etc/cron.d/aragora-drill-bats"
  run -0 "$backup/schedule" --remove
  [[ -z "$(ls "$SCHEDULE_ROOT/etc/cron.d")" ]]
  mkdir -p "$SCHEDULE_ROOT/run/systemd/system"
  run -0 "$backup/schedule" --dry-run
  [[ "$output" == *"OnCalendar=Sun 03:30"* && ! -e "$SCHEDULE_ROOT/etc/systemd" ]]
  run -0 "$backup/schedule"
  grep -q '^ExecStart=.*/backup/drill$' "$SCHEDULE_ROOT/etc/systemd/system/aragora-drill-bats.service"
  run -0 "$backup/schedule" --remove
  [[ -z "$(ls "$SCHEDULE_ROOT/etc/systemd/system")" ]]
}

@test "a machine with neither is told so" {
  SCHEDULE_ROOT="$BATS_TEST_TMPDIR/bare" run -3 "$backup/schedule"
  [[ "$output" == *"by other means"* ]]
}
