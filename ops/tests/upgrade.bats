#!/usr/bin/env bats
# What ops/upgrade refuses before it touches anything: no engine is needed to say no.

bats_require_minimum_version 1.5.0

setup() {
  root="$BATS_TEST_DIRNAME/../.."
  tree="$BATS_TEST_TMPDIR/tree"
  mkdir -p "$tree"
  cp -r "$root/ops" "$root/upgrades.json" "$tree/"
  echo 0.2.0 >"$tree/VERSION"
  export ARAGORA_STATE_DIR="$BATS_TEST_TMPDIR/state" DOCKER_HOST="unix://$BATS_TEST_TMPDIR/none.sock"
  release="$BATS_TEST_TMPDIR/release"
  "$tree/ops/bundle" keygen "$BATS_TEST_TMPDIR/key" 2>/dev/null
  cp "$BATS_TEST_TMPDIR/key.pub" "$tree/ops/release-key.pem"
}

# a signed release of VERSION; its images are no images, which nobody looks at before the signature and the way
release() {
  mkdir -p "$release"
  echo "$1" >"$release/VERSION"
  jq '.releases = [
      {version: "0.1.0", from: [], downtime: "none", rollback: "restore"},
      {version: "0.2.0", from: ["0.1.0"], downtime: "none", rollback: "images"},
      {version: "0.3.0", from: ["0.1.0", "0.2.0"], downtime: "none", rollback: "restore"},
      {version: "0.4.0", from: ["0.3.0"], downtime: "none", rollback: "images"}]' "$root/upgrades.json" >"$release/upgrades.json"
  echo "IMG_APP aragora/app:$1 sha256:0" >"$release/images.lock"
  tar -czf "$release/tree.tar.gz" -C "$release" VERSION
  gzip -c </dev/null >"$release/images.tar.gz"
  sign
}

sign() {
  ARAGORA_ENV_FILE=/dev/null root="$tree" bash -c '
    source "$root/ops/lib/common.sh"; source "$root/ops/lib/stack.sh"; source "$root/ops/lib/release.sh"
    sign_release "$1" "$2"' - "$release" "$BATS_TEST_TMPDIR/key"
}

upgrade() { "$tree/ops/upgrade" "$1" --from "$release"; }

@test "--help names the codes; no version, a bad one and two are wrong usage" {
  run -0 "$tree/ops/upgrade" --help
  [[ "$output" == *"3 refused before anything changed, 4 undone"* ]]
  run -2 "$tree/ops/upgrade"
  run -2 "$tree/ops/upgrade" newest
  run -2 "$tree/ops/upgrade" 0.3.0 0.4.0
}

@test "the installed version is no upgrade" {
  release 0.2.0
  run -0 upgrade 0.2.0
  [[ "$output" == *"0.2.0 is installed already"* ]]
}

@test "a downgrade is refused in words" {
  release 0.1.0
  run -3 upgrade 0.1.0
  [[ "$output" == *"0.2.0 to 0.1.0 is a downgrade"*"ops/rollback"* ]]
}

@test "too far in one step names the step that is next" {
  release 0.4.0
  run -3 upgrade 0.4.0
  [[ "$output" == *"0.2.0 to 0.4.0 is too far in one step: upgrade to 0.3.0 first"* ]]
}

@test "a version from which no way leads is refused" {
  release 0.4.0
  echo 0.0.9 >"$tree/VERSION"
  run -3 upgrade 0.4.0
  [[ "$output" == *"no way leads from 0.0.9 to 0.4.0"* ]]
}

@test "a release that was changed, cut off or signed by another is refused, and nothing is unpacked" {
  release 0.3.0
  echo "# more" >>"$release/upgrades.json"
  run -3 upgrade 0.3.0
  [[ "$output" == *"is not what was signed"* ]]
  release 0.3.0
  truncate -s -1 "$release/images.tar.gz"
  run -3 upgrade 0.3.0
  [[ "$output" == *"is not what was signed"* ]]
  rm "$release/images.tar.gz"
  run -3 upgrade 0.3.0
  [[ "$output" == *"images.tar.gz is missing"* ]]
  release 0.3.0
  rm "$BATS_TEST_TMPDIR/key" && "$tree/ops/bundle" keygen "$BATS_TEST_TMPDIR/key"
  sign
  run -3 upgrade 0.3.0
  [[ "$output" == *"is not by the release key"* ]]
  [[ "$(<"$tree/VERSION")" == 0.2.0 && ! -d "$ARAGORA_STATE_DIR/undo" ]]
}

@test "a manifest that leaves a file out is refused though its signature is right" {
  release 0.3.0
  grep -v tree.tar.gz "$release/manifest" >"$release/short" && mv "$release/short" "$release/manifest"
  openssl pkeyutl -sign -inkey "$BATS_TEST_TMPDIR/key" -rawin -in "$release/manifest" -out "$release/manifest.sig"
  run -3 upgrade 0.3.0
  [[ "$output" == *"does not name tree.tar.gz"* ]]
}

@test "without a key to verify with it says where to put it" {
  release 0.3.0
  rm "$tree/ops/release-key.pem"
  run -3 upgrade 0.3.0
  [[ "$output" == *"no release key to verify with"* ]]
}

@test "without an engine the doctor stops it, and the place, the log and the next command are told" {
  release 0.3.0
  run -3 upgrade 0.3.0
  [[ "$output" == *"FAILED in step doctor (ops/upgrade:"*"log:  $ARAGORA_STATE_DIR/log/upgrade-"* ]]
}

@test "an upgrade that stopped half-way must be undone first" {
  release 0.3.0
  mkdir -p "$ARAGORA_STATE_DIR/undo"
  echo 0.3.0 >"$ARAGORA_STATE_DIR/undo/to" && echo migrate >"$ARAGORA_STATE_DIR/undo/open"
  run -3 upgrade 0.3.0
  [[ "$output" == *"the upgrade to 0.3.0 stopped half-way: run ops/rollback first"* ]]
}

@test "two commands at once: the second one says so" {
  release 0.3.0
  mkdir -p "$ARAGORA_STATE_DIR"
  exec 8>"$ARAGORA_STATE_DIR/lock" && flock 8
  run -1 upgrade 0.3.0
  [[ "$output" == *"another command changes this appliance"* ]]
}

@test "rollback without an upgrade says that there is nothing" {
  run -3 "$tree/ops/rollback"
  [[ "$output" == *"there is nothing to go back to"* ]]
}

@test "upgrades.json ends with this version, knows where each comes from, and UPGRADE.md has a section for it" {
  [[ "$(jq -r '.releases[-1].version' "$root/upgrades.json")" == "$(<"$root/VERSION")" ]]
  jq -e '[.releases[].version] as $all | all(.releases[]; (.from - $all | length) == 0
    and (.downtime | IN("none", "restart", "stop")) and (.rollback | IN("images", "restore")))' "$root/upgrades.json"
  while read -r version; do grep -q "^## $version" "$root/UPGRADE.md"; done < <(jq -r '.releases[].version' "$root/upgrades.json")
}
