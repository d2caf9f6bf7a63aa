#!/usr/bin/env bats
# An engine is found or started, stopped by its own process id, and says why when it cannot start.

bats_require_minimum_version 1.5.0

setup() {
  source "$BATS_TEST_DIRNAME/../lib/engine.sh"
  # The sockets of an engine need a short path.
  folder="$(mktemp -d /tmp/engine.XXXXXX)"
}

teardown() {
  PATH="${real_path:-$PATH}"
  unset DOCKER_HOST
  discard_engine "$folder/e"
  rm -rf "$folder"
}

# fake_dockerd TEXT...: one that says this and ends.
fake_dockerd() {
  mkdir -p "$folder/bin"
  printf '#!/bin/sh\necho %s >&2\nexit 1\n' "$1" >"$folder/bin/dockerd"
  chmod +x "$folder/bin/dockerd"
  real_path="$PATH"
  PATH="$folder/bin:$PATH"
}

@test "an engine apart starts, answers, has no way out, and stops without a trace" {
  start_engine_apart "$folder/e"
  pid="$(<"$folder/e/dockerd.pid")"
  engine_answers
  run ! nsenter --target "$pid" --net ip route get 192.0.2.1
  stop_engine "$folder/e"
  [[ ! -d "/proc/$pid" ]]
  run ! engine_answers
}

@test "starting twice keeps the engine that runs" {
  start_engine_apart "$folder/e"
  pid="$(<"$folder/e/dockerd.pid")"
  start_engine_apart "$folder/e"
  [[ "$(<"$folder/e/dockerd.pid")" == "$pid" ]]
}

@test "an engine that was killed leaves nothing that stops the next" {
  start_engine_apart "$folder/e"
  kill -KILL "$(<"$folder/e/dockerd.pid")"
  start_engine_apart "$folder/e"
  engine_answers
}

@test "an engine that answers already is used, and not stopped by us" {
  start_engine_apart "$folder/e"
  answering="$DOCKER_HOST"
  start_engine "$folder/other"
  [[ "$DOCKER_HOST" == "$answering" && ! -e "$folder/other" ]]
  stop_engine "$folder/other"
  engine_answers
}

@test "a process that got the number of a dead engine is left alone" {
  mkdir -p "$folder/e"
  sleep 300 3>&- &
  echo "$!" >"$folder/e/dockerd.pid"
  stop_engine "$folder/e"
  kill "$!"
}

@test "an engine that cannot start shows the end of its log at once" {
  require_docker
  fake_dockerd "no storage driver fits"
  run -1 start_own_engine "$folder/e"
  [[ "$output" == *"no storage driver fits"* ]]
  [[ "$output" == *"dockerd.log"* ]]
}

@test "a folder whose name is too long for a socket is refused" {
  run -1 start_own_engine "$folder/$(printf 'long%.0s' {1..20})"
  [[ "$output" == *"choose a shorter one"* ]]
}
