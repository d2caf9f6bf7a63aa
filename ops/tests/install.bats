#!/usr/bin/env bats
# What ops/install and ops/rotate refuse; what they do is tried on a real engine by ops/appliance/O.sh.

# shellcheck disable=SC2016,SC2034 # signs that mean something to a shell are the point; variables are read by what is tested
bats_require_minimum_version 1.5.0

setup() {
  ops="$BATS_TEST_DIRNAME/.."
  export ARAGORA_STATE_DIR="$BATS_TEST_TMPDIR/state" ARAGORA_ENV_FILE="$BATS_TEST_TMPDIR/env"
  export DOCKER_HOST="unix://$BATS_TEST_TMPDIR/none.sock"
}

@test "every command says what it does with --help, and its exit codes" {
  for name in install doctor upgrade rollback rotate support-bundle bundle; do
    run -0 "$ops/$name" --help
    [[ "$output" == *"exit codes: 0"* ]]
  done
}

@test "every command that changes something can be asked what it would do" {
  for name in install upgrade rollback rotate support-bundle bundle; do
    run -0 "$ops/$name" --help
    [[ "$output" == *--dry-run* ]]
  done
}

@test "words they do not know are wrong usage" {
  for name in install doctor upgrade rollback rotate support-bundle bundle; do
    run -2 "$ops/$name" --no-such-option
    [[ "$output" == *"ops/$name --help"* ]]
  done
  run -2 "$ops/install" --tls sometimes
  run -2 "$ops/install" --hostname "two words"
  run -2 "$ops/install" --offline
  run -2 "$ops/rotate"
  run -2 "$ops/rotate" everything
  run -2 "$ops/rotate" master-key tls
  run -2 "$ops/rotate" master-key --key x
  run -2 "$ops/support-bundle" --lines many
}

@test "a machine that is not fit is told why, with 3, and nothing is written" {
  run -3 "$ops/install" --yes
  [[ "$output" == *"engine.unreachable"*"FAILED in step preflight"* ]]
  [[ ! -e "$ARAGORA_ENV_FILE" ]]
}

@test "settings are changed one line at a time, and kept from others" {
  root="$(cd "$ops/.." && pwd)" env_file="$ARAGORA_ENV_FILE"
  source "$root/ops/lib/common.sh"
  source "$root/ops/lib/stack.sh"
  printf '# a comment\nTLS_MODE=internal\nNAME='"'"'a b $c # d'"'"'\n' >"$env_file"
  set_env TLS_MODE acme
  set_env ARAGORA_HOSTNAME example.org
  [[ "$(<"$env_file")" == $'# a comment\nTLS_MODE=acme\nNAME=\'a b $c # d\'\nARAGORA_HOSTNAME=example.org' ]]
  [[ "$(stat -c %a "$env_file")" == 600 ]]
  [[ "$(env_value NAME)" == 'a b $c # d' && "$(env_value NONE there)" == there ]]
  NAME=other
  [[ "$(env_value NAME)" == other ]]
  run -1 set_env TLS_MODE 'two words'
  [[ "$(env_value TLS_MODE)" == acme ]]
}
