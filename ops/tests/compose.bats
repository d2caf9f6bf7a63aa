#!/usr/bin/env bats
# Both generations of Compose are found, and each reads the stack.

bats_require_minimum_version 1.5.0

setup() {
  source "$BATS_TEST_DIRNAME/../lib/compose.sh"
  cd "$BATS_TEST_DIRNAME/../.." || return
}

@test "Compose V2 is found or fetched" {
  COMPOSE=v2
  # On a fresh machine it says first that it installs one.
  run -0 --separate-stderr compose version --short
  [[ "$output" =~ ^v?([2-9]|[1-9][0-9])\. ]]
}

@test "Compose 1.29 is found or installed" {
  COMPOSE=v1
  run -0 --separate-stderr compose version --short
  [[ "$output" == 1.29.* ]]
}

@test "without a wish, the newer one is taken" {
  unset COMPOSE
  run -0 --separate-stderr compose version --short
  [[ "$output" != 1.* ]]
}

@test "another wish is refused" {
  COMPOSE=v3
  run -1 compose version
  [[ "$output" == *"v1, v2 or any"* ]]
}
