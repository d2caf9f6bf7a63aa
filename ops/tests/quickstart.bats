#!/usr/bin/env bats
# The quickstart's answers that need no server: help, wrong words, a data folder it must not delete.

bats_require_minimum_version 1.5.0

setup() {
  quickstart="$BATS_TEST_DIRNAME/../quickstart"
  data="$BATS_TEST_TMPDIR/a data folder"
}

@test "--help names every option" {
  run -0 "$quickstart" --help
  for option in --question --provider-url --model --data-dir --stop --reset; do
    [[ "$output" == *"$option"* ]]
  done
}

@test "a word it does not know is an error that points to --help" {
  run -1 "$quickstart" --fly
  [[ "$output" == *"--fly"*"--help"* ]]
}

@test "an option without its value is an error" {
  run -1 "$quickstart" --question
  [[ "$output" == *"needs a value"* ]]
}

@test "a key file that is not there is said before anything starts" {
  run -1 "$quickstart" --data-dir "$data" --provider-url http://127.0.0.1:1/v1 --model m --provider-key "$data/none"
  [[ "$output" == *"no key can be read from"* && ! -e "$data" ]]
}

@test "a data folder without a name is an error" {
  run -1 "$quickstart" --data-dir "" --stop
  [[ "$output" == *"needs the name"* ]]
}

@test "a provider needs a model, and a model a provider" {
  run -1 "$quickstart" --provider-url http://127.0.0.1:1/v1
  [[ "$output" == *"--model"* ]]
  run -1 "$quickstart" --model some
  [[ "$output" == *"--provider-url"* ]]
}

@test "--stop with nothing running is fine, twice" {
  run -0 "$quickstart" --data-dir "$data" --stop
  run -0 "$quickstart" --data-dir "$data" --stop
}

@test "--stop ends a database that its server left behind" {
  mkdir -p "$data/postgres/data"
  cp "$(command -v sleep)" "$BATS_TEST_TMPDIR/postgres"
  (cd "$data/postgres/data" && exec "$BATS_TEST_TMPDIR/postgres" 300) 3>&- &
  local pid=$!
  until [[ "$(readlink "/proc/$pid/cwd")" == "$data/postgres/data" ]]; do sleep 0.1; done
  run -0 "$quickstart" --data-dir "$data" --stop
  run -1 kill -0 "$pid"
}

@test "a pid file that names a stranger ends nobody" {
  mkdir -p "$data"
  sleep 300 3>&- &
  local pid=$!
  echo "$pid" >"$data/server.pid"
  run -0 "$quickstart" --data-dir "$data" --stop
  kill -0 "$pid"
  kill "$pid"
}

@test "--reset does not delete a folder that is not its own" {
  mkdir -p "$data/precious"
  run -1 "$quickstart" --data-dir "$data" --reset --yes
  [[ -d "$data/precious" ]]
}

@test "--reset asks first, and deletes when told to" {
  mkdir -p "$data/postgres"
  run -1 "$quickstart" --data-dir "$data" --reset </dev/null
  [[ -d "$data" ]]
  run -0 "$quickstart" --data-dir "$data" --reset --yes
  [[ ! -e "$data" ]]
}
