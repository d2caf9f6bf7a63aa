#!/usr/bin/env bats
# The model server's script: clear usage, safe to stop twice.

bats_require_minimum_version 1.5.0

setup() { script="$BATS_TEST_DIRNAME/../lib/model-server.sh"; }

@test "without a verb it says how it is used" {
  run -1 "$script"
  [[ "$output" == *"start|stop|url"* ]]
}

@test "stopping what does not run is fine" {
  MODEL_SERVER_PORT=1 "$script" stop
}

@test "the address is on loopback" {
  run -0 "$script" url
  [[ "$output" == http://127.0.0.1:*/v1 ]]
}
