#!/usr/bin/env bash
# Checks one exported receipt with tools we did not write.
# The receipt's folder holds receipt.json (DSSE), receipt.jws, receipt.odr.json, key.pem and jwks.json.

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/tools.sh
source "$lib/tools.sh"
# shellcheck source=ops/lib/checks.sh
source "$lib/checks.sh"

ensure_verifiers() {
  install_commands openssl jq xxd curl
  ensure_aragora_verify || die "aragora-verify cannot be had"
  ensure_jose || die "jose cannot be had"
}

odr_verify() { "$tools/odr/bin/aragora-verify" "$1" --pubkey "$2"; }
jws_verify() { node "$lib/verify-jws.mjs" "$tools/jose" "$1" "$2"; }
dsse_verify() { "$lib/verify-dsse.sh" "$1" "$2"; }

# change_byte FILE AT OUT: the same file but for the lowest bit of one byte.
change_byte() {
  local byte
  byte="$(xxd -s "$2" -l 1 -p "$1")"
  cp "$1" "$3"
  printf '%02x' $((0x$byte ^ 1)) | xxd -r -p | dd of="$3" bs=1 seek="$2" conv=notrunc status=none
  (($(cmp -l "$1" "$3" | wc -l) == 1)) || die "no byte of $1 could be changed at $2"
}

# offset_of FILE TEXT: where TEXT begins.
offset_of() {
  local found
  found="$(LC_ALL=C grep -obUaF -m 1 -- "$2" "$1")" || die "$1 holds no $2"
  found="${found%%$'\n'*}"
  printf '%s' "${found%%:*}"
}

verify_odr() {
  local at
  check "$2: aragora-verify accepts the ODR export" odr_verify "$1/receipt.odr.json" "$1/key.pem" || return
  at="$(offset_of "$1/receipt.odr.json" '"receipt_id":"')" || return
  change_byte "$1/receipt.odr.json" "$((at + 20))" "$1/changed.odr.json" || return
  expect 1 "$2: aragora-verify refuses it with one byte changed" odr_verify "$1/changed.odr.json" "$1/key.pem"
}

verify_dsse() {
  local at
  check "$2: openssl verifies the DSSE envelope" dsse_verify "$1/receipt.json" "$1/key.pem" || return
  at="$(offset_of "$1/receipt.json" "$(jq -r .payload "$1/receipt.json" | head -c 40)")" || return
  change_byte "$1/receipt.json" "$((at + 20))" "$1/changed.json" || return
  expect any-failure "$2: openssl refuses it with one byte changed" dsse_verify "$1/changed.json" "$1/key.pem"
}

verify_jws() {
  local at
  check "$2: jose verifies the JWS" jws_verify "$1/receipt.jws" "$1/jwks.json" || return
  at="$(offset_of "$1/receipt.jws" .)" || return
  change_byte "$1/receipt.jws" "$((at + 40))" "$1/changed.jws" || return
  expect 1 "$2: jose refuses it with one byte changed" jws_verify "$1/changed.jws" "$1/jwks.json"
}

# verify_outside FOLDER WHOSE: every outside check on the files in FOLDER; goes on after a failure.
verify_outside() {
  local before
  before="$(counted failed)"
  verify_odr "$@" || true
  verify_dsse "$@" || true
  verify_jws "$@" || true
  (($(counted failed) == before))
}
