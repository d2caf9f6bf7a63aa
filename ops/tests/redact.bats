#!/usr/bin/env bats
# Nothing that is a secret, or looks like one, stays in what is handed to support.

# shellcheck disable=SC2016,SC2317 # signs that mean something to a shell are the point; the function is called by what is tested
bats_require_minimum_version 1.5.0

setup() {
  root="$(cd "$BATS_TEST_DIRNAME/../.." && pwd)"
  source "$root/ops/lib/common.sh"
  source "$root/ops/lib/redact.sh"
  folder="$BATS_TEST_TMPDIR/bundle"
  mkdir "$folder"
  # What this installation has is a matter of the engine; here it is two values with every awkward character.
  known_secrets() { printf '%s\n' 'p4$$w0rd&/[x].*^\end' 'mF9zQ81kLsW0aHt2'; }
}

@test "known values go, whatever characters they have" {
  printf 'a p4$$w0rd&/[x].*^\\end b\n"key":"mF9zQ81kLsW0aHt2"\n' >"$folder/file"
  run -1 holds_no_secret "$folder"
  redact "$folder"
  [[ "$(<"$folder/file")" == $'a REDACTED b\n"key":"REDACTED"' ]]
  holds_no_secret "$folder"
}

@test "what looks like a secret goes, though nobody here knows it" {
  cat >"$folder/file" <<'TEXT'
Authorization: Bearer abcdefghijklmnop
jdbc postgresql://user:hunter2hunter2@db/x
ARAGORA_SMTP_PASSWORD=letmein99
{"token":"tttttttttttt","name":"kept"}
GET /setup/AbCdEfGhIjKlMnOp HTTP/1.1
person@example.org signed in
sk-ABCDEFGHIJKLMNOPQRS
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIA
-----END PRIVATE KEY-----
TEXT
  redact "$folder"
  for word in abcdefghijklmnop hunter2 letmein99 tttttttttttt AbCdEfGhIjKlMnOp person@example.org sk-ABC MC4CAQ; do
    ! grep -q -- "$word" "$folder/file"
  done
  grep -q '"name":"kept"' "$folder/file"
}
