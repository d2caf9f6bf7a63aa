#!/usr/bin/env bats
# What stops a release is seen in the files alone.

bats_require_minimum_version 1.5.0

setup() {
  here="$BATS_TEST_DIRNAME/../.."
  root="$BATS_TEST_TMPDIR/tree"
  mkdir -p "$root/ops" "$root/server" "$root/sdk"
  cd "$here" || return
  cp -r --parents ops/lib ops/release-check VERSION pom.xml server/pom.xml docker-compose.yml upgrades.json UPGRADE.md CHANGELOG.md \
    sdk/openapi.yaml sdk/fixtures/releases "$root"
  cd "$root" || return
  sed -i 's/^## \([0-9.]*\) - unreleased/## \1 - 2026-11-24/' CHANGELOG.md
  git init -q && git add -A && git -c user.name=t -c user.email=t@localhost commit -qm "the first"
  unset CHECKS_TALLY
}

facts() { ops/release-check --facts; }

@test "a tree in order may be released, as far as its files tell" {
  run -0 facts
  [[ "$output" == *"4 passed, 0 failed" ]]
}

@test "a version that one file has not heard of is found" {
  echo 0.9.0 >VERSION
  run -1 facts
  [[ "$output" == *"server/pom.xml"*"0.1.0"* ]]
}

@test "what is not committed is named" {
  touch forgotten
  run -1 facts
  [[ "$output" == *"?? forgotten"* ]]
}

@test "a changelog without a day is named" {
  sed -i 's/ - 2026-11-24$/ - unreleased/' CHANGELOG.md
  run -1 facts
  [[ "$output" == *"give it its day: ## "*"unreleased"* ]]
}

@test "a release without its receipt is named, and one whose receipt was changed" {
  git mv sdk/fixtures/releases/0.1.0/keys.json sdk/keys.json
  run -1 facts
  [[ "$output" == *"keep a receipt and its keys there"* ]]
  git mv sdk/keys.json sdk/fixtures/releases/0.1.0/keys.json
  echo >>sdk/fixtures/releases/0.1.0/receipt.json
  git -c user.name=t -c user.email=t@localhost commit -qam "the second"
  run -1 facts
  [[ "$output" == *"0.1.0 was changed by "* ]]
}

@test "--help names the codes, and a word it does not know is wrong usage" {
  run -0 ops/release-check --help
  [[ "$output" == *"0 may be released, 1 may not"* ]]
  run -2 ops/release-check --everything
  run -2 ops/release-check --key nowhere
}
