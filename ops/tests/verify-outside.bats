#!/usr/bin/env bats
# The outside checks must accept a good receipt and refuse every kind of bad one.

bats_require_minimum_version 1.5.0

setup() {
  source "$BATS_TEST_DIRNAME/../lib/verify-outside.sh"
  ensure_verifiers
  cp "$BATS_TEST_DIRNAME"/fixtures/receipt/* "$BATS_TEST_TMPDIR"
  cd "$BATS_TEST_TMPDIR" || return
}

other_key() { openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out "$1"; }

@test "aragora-verify accepts the ODR document" {
  odr_verify receipt.odr.json key.pem
}

@test "aragora-verify refuses a relabelled key" {
  sed 's/"key_id":"ed25519-5/"key_id":"ed25519-6/' receipt.odr.json >relabelled.odr.json
  run -1 odr_verify relabelled.odr.json key.pem
}

@test "aragora-verify refuses another appliance's key" {
  other_key other.pem
  run -1 odr_verify receipt.odr.json other.pem
}

@test "openssl accepts the envelope" {
  run -0 dsse_verify receipt.json key.pem
  [[ "$output" == *"Signature Verified Successfully"* ]]
}

@test "openssl refuses an envelope with another payload type" {
  sed 's/in-toto/in-t0to/' receipt.json >retyped.json
  run -1 dsse_verify retyped.json key.pem
}

@test "openssl refuses another appliance's key" {
  other_key other.pem
  run -1 dsse_verify receipt.json other.pem
}

@test "jose accepts the JWS" {
  jws_verify receipt.jws jwks.json
}

@test "jose refuses a JWS that says alg none" {
  header="$(printf '{"alg":"none"}' | base64 | tr -d '=\n')"
  printf '%s.%s.' "$header" "$(cut -d. -f2 receipt.jws)" >none.jws
  run -1 jws_verify none.jws jwks.json
}

@test "every outside verifier refuses one changed byte" {
  run -0 verify_outside . fixture
  [[ "$(grep -c '^ok' <<<"$output")" == 6 ]]
}

@test "a missing receipt is not taken for a refused one" {
  rm receipt.jws
  run -1 verify_jws . fixture
  [[ "$output" != *"ok fixture: jose refuses"* ]]
}
