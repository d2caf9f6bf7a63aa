#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2034 # ops/smoke and smoke.sh set and read what is shared
# Smoke checks of the business: evidence, debate, events, receipt, exports, money, records. Needs smoke.sh.

models=rehearsal-1,rehearsal-2,rehearsal-3
question='{"question":"Does this appliance work?","options":[{"id":"yes","label":"It works"},{"id":"no","label":"It does not"}],"seed":7}'

# asked MODEL,MODEL...: the question, put to this panel.
asked() { jq -c --arg models "$1" '. + {panel: ($models | split(",") | map({model: .}))}' <<<"$question"; }

evidence() {
  local sum
  printf 'Smoke test of %s.\n' "$(date -u +%FT%TZ)" >"$work/evidence" && sum="$(sha256sum <"$work/evidence" | cut -d' ' -f1)" &&
    as one && call PUT "/api/v1/evidence/$sum?name=smoke" "${caller[@]}" -H 'Content-Type: application/octet-stream' \
    --data-binary "@$work/evidence" && gives 200 && [[ "$(got .sha256)" == "$sum" ]]
}

# Asked twice under one key, as a client does whose answer was lost: one debate.
debate() {
  local body again=(-H "Idempotency-Key: smoke-$RANDOM$RANDOM$RANDOM")
  body="$(asked "$models")"
  as one && post /api/v1/debates "$body" "${again[@]}" && gives 202 && debate_id="$(got .id)" &&
    post /api/v1/debates "$body" "${again[@]}" && gives 202 && [[ "$(got .id)" == "$debate_id" ]]
}

# events NAME [CURL-OPTION...]: what the stream says until it ends or --max-time cuts it.
events() {
  local code=0
  curl -sSN "${connect[@]}" "${caller[@]}" "${@:2}" "$url/api/v1/debates/$debate_id/events" >"$work/$1.sse" || code=$?
  # 18, 28 and 23 are how a cut looks to the reader.
  ((code == 0 || code == 18 || code == 23 || code == 28)) || return "$code"
}

ids() { sed -n 's/^id: *//p' "$work/$1.sse" | tr -d '\r'; }

# The first event must be there while the debate still runs, or soon after it was asked for.
streams() {
  local seen
  as one && { events first --max-time 1 || return 1; }
  seen="$(ids first | tail -n 1)"
  [[ -n "$seen" ]] || { echo "no event came within a second" && return 1; }
}

# From the middle on: nothing twice, nothing left out, and the end.
resumes() {
  local middle last
  as one && events all --max-time 25 && middle="$(ids all | sed -n 3p)" && last="$(ids all | tail -n 1)" &&
    events rest --max-time 10 -H "Last-Event-ID: $middle" &&
    [[ "$(ids rest)" == "$(seq "$((middle + 1))" "$last")" && "$(ids all)" == "$(seq 1 "$last")" ]] &&
    grep -q '^event: *debate.closed' "$work/rest.sse"
}

reaches_receipt() {
  as one && call GET "/api/v1/debates/$debate_id" "${caller[@]}" && gives 200 && receipt_id="$(got .receipt_id)" &&
    got '.outcome != null and .closed_at != null' >/dev/null && call GET "/api/v1/debates/$debate_id/transcript" "${caller[@]}" && gives 200
}

other_workspace() {
  as two && call GET "/api/v1/debates/$debate_id" "${caller[@]}" && gives 404 not_found &&
    call GET "/api/v1/receipts/$receipt_id" "${caller[@]}" && gives 404 not_found &&
    call GET /api/v1/receipts "${caller[@]}" && gives 200 && got '.items == []' >/dev/null
}

# Refused before anything is spent: the one model of the rehearsal that has a price, under a cap of nothing.
budget() {
  local before priced=rehearsal-priced
  as one && call GET /api/v1/budget "${caller[@]}" && gives 200 && before="$(got '{month_cap, debate_cap, spent, held}')" &&
    call PUT /api/v1/budget "${caller[@]}" -H 'Content-Type: application/json' -d '{"month_cap":1,"debate_cap":1}' && gives 200 &&
    post /api/v1/debates "$(asked "$priced,$priced")" && gives 402 budget_exceeded &&
    call PUT /api/v1/budget "${caller[@]}" -H 'Content-Type: application/json' \
      -d "$(jq -c '{month_cap, debate_cap}' <<<"$before")" && gives 200 &&
    [[ "$(got '{month_cap, debate_cap, spent, held}')" == "$before" ]]
}

audit_holds() {
  as one && call GET /api/v1/audit/verify "${caller[@]}" && gives 200 && got .ok >/dev/null
}

workspace_export() {
  as one && call GET /api/v1/workspace/export "${caller[@]}" && gives 200 && grep -q "$debate_id" "$answer/body" && grep -q "$receipt_id" "$answer/body"
}

check_flow() {
  try "a text is attached as evidence" evidence || true
  try "a debate is opened, once for one Idempotency-Key" debate || return
  try "its events come as they happen" streams || true
  try "a cut stream goes on where it was, to the end" resumes || true
  try "the debate ends in a receipt" reaches_receipt || return
  if [[ -f "$work/two.header" ]]; then
    try "404 for what is another workspace's" other_workspace || true
  else
    leave "404 for what is another workspace's" "a second key was not given: --other-key-file"
  fi
  try "402 over the budget, and nothing spent" budget || true
  try "the workspace's audit log holds" audit_holds || true
  try "everything in the workspace exports" workspace_export || true
}
