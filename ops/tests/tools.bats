#!/usr/bin/env bats
# Tools are installed once, exactly as pinned, and a failed installation says so.

bats_require_minimum_version 1.5.0

setup() {
  source "$BATS_TEST_DIRNAME/../lib/tools.sh"
  tools="$BATS_TEST_TMPDIR"
}

@test "a tool installed at the wanted version needs no network" {
  mkdir -p "$tools/odr"
  echo "aragora-verify==0.2.0" >"$tools/odr/.installed"
  PATH=/nowhere ensure_aragora_verify
}

@test "another version than the wanted one is not accepted" {
  mkdir -p "$tools/odr"
  echo "aragora-verify==0.1.0" >"$tools/odr/.installed"
  run -1 is_installed odr aragora-verify==0.2.0
}

@test "a tool that cannot be installed is reported with the end of its log" {
  npm() {
    echo "registry says no"
    return 1
  }
  export -f npm
  timeout() { shift && "$@"; }
  run -1 ensure_node_tool broken broken@1
  [[ "$output" == *"registry says no"* ]]
  [[ ! -f "$tools/broken/.installed" ]]
}
