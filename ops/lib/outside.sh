#!/usr/bin/env bash
# From a question to a receipt that a stranger's tools verify: quickstart, every export, every outside verifier.
set -euo pipefail

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/appliance.sh
source "$lib/appliance.sh"

first_run() {
  local address id
  check "quickstart ends with a verified receipt" quickstart || return
  cp "$last_output" "$files/quickstart.txt"
  id="$(printed_receipt "$files/quickstart.txt")"
  address="$(printed_address "$files/quickstart.txt")"
  check "it says that the receipt is valid and trusted" grep -i 'valid and trusted' "$files/quickstart.txt" || return
  check "the smoke test passes on it" "$ops/smoke" --url "$address" --key-file "$data/api-key" || return
  check "the receipt exports as json, jws, odr and md" export_receipt "$id" "$address" || return
  check "the Markdown names the receipt" grep -q "$id" "$files/receipt.md"
}

outside_verifiers() { verify_outside "$files" "the rehearsal's receipt"; }

own_verifier() {
  local at
  check "our own verifier: the receipt with its proof is valid and trusted" own_verify "$files/bundle.json" || return
  at="$(offset_of "$files/bundle.json" "$(jq -r .payload "$files/receipt.json" | head -c 40)")" || return
  change_byte "$files/bundle.json" "$((at + 20))" "$files/changed-bundle.json"
  expect 1 "our own verifier refuses it with one byte changed" own_verify "$files/changed-bundle.json"
}

second_run() {
  local started="$SECONDS"
  check "second quickstart run" quickstart || return
  printf 'second quickstart run took %d s\n' "$((SECONDS - started))"
  check "the second run took less than 20 s" test "$((SECONDS - started))" -lt 20
  check "quickstart --stop" quickstart --stop
  check "quickstart --stop leaves no process" leaves_no_process
}

main() {
  trap discard EXIT
  ensure_verifiers
  all_of first_run && all_of outside_verifiers own_verifier second_run
}

main "$@"
