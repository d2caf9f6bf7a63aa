#!/usr/bin/env bats
# What ops/config says before it asks the server's image; what the image answers is shown by ops/appliance/E.sh.

bats_require_minimum_version 1.5.0

# A copy of the script in a tree without a build, and an image that is nowhere.
setup() {
  root="$BATS_TEST_TMPDIR/root"
  mkdir -p "$root/ops/lib"
  cp "$BATS_TEST_DIRNAME/../config" "$root/ops"
  cp "$BATS_TEST_DIRNAME/../lib/common.sh" "$root/ops/lib"
  echo 0.1.0 >"$root/VERSION"
  export IMG_APP=no/such-image:1
}

@test "help names every command" {
  run -0 "$root/ops/config" --help
  [[ "$output" == *check* && "$output" == *show* && "$output" == *"set NAME VALUE"* && "$output" == *example* ]]
}

@test "no command, an unknown one and an unknown option are exit code 2" {
  run -2 "$root/ops/config"
  run -2 "$root/ops/config" fix
  run -2 "$root/ops/config" check --fast
  run -2 "$root/ops/config" set HTTP_PORT
  [[ "$output" == *"set wants a name and a value"* ]]
}

@test "with neither an image nor a build it says what to do, and keeps the file" {
  echo HTTPS_PORT=1 >"$root/.env"
  run -3 "$root/ops/config" check
  [[ "$output" == *"neither image no/such-image:1 nor a build"* && "$output" == *"docker compose build init-app"* ]]
  run -3 "$root/ops/config" set HTTPS_PORT 443
  [[ "$(<"$root/.env")" == HTTPS_PORT=1 ]]
}

@test "a file that is not there is no fault of its own" {
  run "$root/ops/config" check
  [[ "$output" == *"there is no $root/.env: every setting has its default"* ]]
}
