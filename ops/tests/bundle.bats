#!/usr/bin/env bats
# A bundle that is not exactly what was signed is not used; what would be written is said first.

bats_require_minimum_version 1.5.0

setup() {
  bundle="$BATS_TEST_DIRNAME/../bundle"
  export ARAGORA_ENV_FILE="$BATS_TEST_TMPDIR/env" DOCKER_HOST="unix://$BATS_TEST_TMPDIR/none.sock"
  folder="$BATS_TEST_TMPDIR/release"
  mkdir "$folder"
  for name in VERSION images.lock tree.tar.gz images.tar.gz upgrades.json; do echo "$name" >"$folder/$name"; done
  "$bundle" keygen "$BATS_TEST_TMPDIR/key" 2>/dev/null
  (cd "$folder" && sha256sum VERSION images.lock tree.tar.gz images.tar.gz upgrades.json >manifest)
  openssl pkeyutl -sign -inkey "$BATS_TEST_TMPDIR/key" -rawin -in "$folder/manifest" -out "$folder/manifest.sig"
  export ARAGORA_RELEASE_KEY="$BATS_TEST_TMPDIR/key.pub"
}

@test "--help, and what it does not understand" {
  run -0 "$bundle" --help
  [[ "$output" == *"needs no network"* ]]
  run -2 "$bundle"
  run -2 "$bundle" verify
  run -2 "$bundle" send "$folder"
  run -2 "$bundle" create "$BATS_TEST_TMPDIR/new"
}

@test "a signing key is for its owner only and never overwritten" {
  [[ "$(stat -c %a "$BATS_TEST_TMPDIR/key")" == 600 ]]
  run -1 "$bundle" keygen "$BATS_TEST_TMPDIR/key"
  [[ "$output" == *"never overwritten"* ]]
}

@test "what was signed is whole; no engine and no network are asked" {
  run -0 unshare -rn "$bundle" verify "$folder"
  [[ "$output" == *"is whole and signed by key"* ]]
}

@test "one bit, one file less, one more byte, another key: each is refused" {
  cp -r "$folder" "$folder.good"
  printf 'X' | dd of="$folder/images.tar.gz" bs=1 seek=3 conv=notrunc status=none
  run -1 "$bundle" verify "$folder"
  [[ "$output" == *"images.tar.gz: FAILED"*"is not what was signed"* ]]
  rm -r "$folder" && cp -r "$folder.good" "$folder" && rm "$folder/images.lock"
  run -1 "$bundle" verify "$folder"
  [[ "$output" == *"images.lock is missing"* ]]
  rm -r "$folder" && cp -r "$folder.good" "$folder" && echo >>"$folder/manifest"
  run -1 "$bundle" verify "$folder"
  [[ "$output" == *"is not by the release key"* ]]
  rm -r "$folder" && cp -r "$folder.good" "$folder" && "$bundle" keygen "$BATS_TEST_TMPDIR/other"
  ARAGORA_RELEASE_KEY="$BATS_TEST_TMPDIR/other.pub" run -1 "$bundle" verify "$folder"
  [[ "$output" == *"is not by the release key"* ]]
}

@test "load verifies before it asks the engine" {
  echo >>"$folder/images.lock"
  run -1 "$bundle" load "$folder"
  [[ "$output" == *"is not what was signed"* ]]
}
