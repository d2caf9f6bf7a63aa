#!/usr/bin/env bash
# Verifies a DSSE envelope with openssl alone: verify-dsse.sh ENVELOPE.json PUBLIC_KEY.pem
set -euo pipefail

# The bytes that DSSE signs: "DSSEv1", then type and payload, each after its length in bytes.
pre_authentication() {
  local type="$1" payload="$2"
  printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(wc -c <"$payload")"
  cat "$payload"
}

main() {
  local envelope="${1:?usage: verify-dsse.sh ENVELOPE.json PUBLIC_KEY.pem}" key="${2:?usage: verify-dsse.sh ENVELOPE.json PUBLIC_KEY.pem}"
  scratch="$(mktemp -d)"
  trap 'rm -rf "$scratch"' EXIT
  jq -er .payload "$envelope" | base64 -d >"$scratch/payload"
  jq -er '.signatures[0].sig' "$envelope" | base64 -d >"$scratch/signature"
  pre_authentication "$(jq -er .payloadType "$envelope")" "$scratch/payload" >"$scratch/signed"
  openssl pkeyutl -verify -rawin -pubin -inkey "$key" -sigfile "$scratch/signature" -in "$scratch/signed"
}

main "$@"
