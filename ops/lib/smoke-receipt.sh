#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2034 # ops/smoke and smoke.sh set and read what is shared
# Smoke checks of a receipt: each export, our verifier and openssl without the server, one byte changed. Needs smoke.sh.

# fetch PATH FILE [CURL-OPTION...]
fetch() {
  call GET "$1" "${caller[@]}" "${@:3}" && gives 200 && cp "$answer/body" "$work/$2" && chmod 0644 "$work/$2" && [[ -s "$work/$2" ]]
}

export_as() { fetch "/api/v1/receipts/$receipt_id/export?format=$1" "receipt.$1" && [[ "$(header Content-Type)" == "$2"* ]]; }

exports() {
  as one && export_as json application/vnd.dsse.envelope.v1+json && export_as jws application/jose &&
    export_as odr application/vnd.open-decision-receipt+json && export_as md text/markdown &&
    grep -q "$receipt_id" "$work/receipt.md"
}

public_keys() {
  as one && fetch /.well-known/decision-keys.json decision-keys.json && fetch /.well-known/aragora-odr-signing-key key.pem &&
    fetch /.well-known/jwks.json jwks.json && fetch /log/checkpoint checkpoint
}

# verify FILE: our verifier, which is given no network; ends as it ends.
verify() {
  case "$verifier" in
    image)
      docker run --rm --network none --read-only --cap-drop ALL --tmpfs /tmp -v "$work:/in:ro" "$app_image" \
        receipt verify "/in/$1" --keys /in/decision-keys.json
      ;;
    jar) "$root/ops/aragora" receipt verify "$work/$1" --keys "$work/decision-keys.json" ;;
  esac
}

# The log signs its head a moment after the receipt; until then there is a word in place of the proof.
in_the_log() {
  local end=$((SECONDS + 8))
  until as one && fetch "/api/v1/receipts/$receipt_id" bundle.json && got '.log_proof | type == "string"' >/dev/null; do
    ((SECONDS < end)) || { echo "no proof came within 8 s" && return 1; }
    sleep 0.2
  done
}

# No reader here stops before its writer has ended: under pipefail that would be a failure now and then.
change_one_byte() {
  local at byte
  at="$(LC_ALL=C grep -obUaF -m 1 -- "$(jq -r '.payload[0:40]' "$work/receipt.json")" "$1" | sed -n '1s/:.*//p')" &&
    cp "$1" "$2" && at=$((at + 20)) && byte="$(dd if="$1" bs=1 skip="$at" count=1 status=none)" &&
    { [[ "$byte" == A ]] && byte=B || byte=A; } && printf %s "$byte" | dd of="$2" bs=1 seek="$at" conv=notrunc status=none &&
    ! cmp -s "$1" "$2"
}

own_refuses() {
  local code=0
  change_one_byte "$work/bundle.json" "$work/changed-bundle.json" && chmod 0644 "$work/changed-bundle.json" || return 1
  verify changed-bundle.json || code=$?
  ((code == 1)) || { echo "the verifier ended with $code where 1 was expected" && return 1; }
}

openssl_verifies() { "$root/ops/lib/verify-dsse.sh" "$work/receipt.json" "$work/key.pem"; }

openssl_refuses() {
  change_one_byte "$work/receipt.json" "$work/changed.json" && ! "$root/ops/lib/verify-dsse.sh" "$work/changed.json" "$work/key.pem"
}

check_receipt() {
  try "the receipt exports as json, jws, odr and md" exports || return
  try "the public keys and the log's head are published" public_keys || return
  try "the log has it" in_the_log || return
  # They need files only: what follows may stop the server meanwhile.
  if [[ -n "$verifier" ]]; then
    aside accepts verify bundle.json
    aside refuses own_refuses
  fi
  try "openssl verifies the signature" openssl_verifies || true
  try "openssl refuses it with one byte changed" openssl_refuses || true
}

check_verifier() {
  [[ -s "$work/bundle.json" ]] || return 0
  if [[ -z "$verifier" ]]; then
    leave "our verifier, without a network" "neither the image nor a built ops/aragora is here"
    return
  fi
  if join accepts "our verifier, without a network: valid, trusted, in the log"; then
    verified_at="$(date -r "$work/accepts/end" +%s%3N)"
  fi
  join refuses "our verifier refuses it with one byte changed" || true
}
