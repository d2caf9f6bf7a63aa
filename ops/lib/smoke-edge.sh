#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2034 # ops/smoke and smoke.sh set and read what is shared
# Smoke checks of the way in: TLS, the redirect, health, and callers that must be turned away. Needs smoke.sh.

tls_chain() { call GET /health/live && gives 200; }

# What people's browsers trust must not be what let us in.
tls_refuses_strangers_root() {
  local code=0
  curl -sS --max-time 10 "${address[@]}" --cacert "$work/other.crt" -o "$answer/body" "$url/health/live" || code=$?
  ((code == 60)) || { echo "curl ended with $code where 60 was expected" && return 1; }
}

tls_is_new_enough() {
  local code=0
  curl -sS --max-time 10 "${connect[@]}" --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 -o "$answer/body" "$url/health/live" || code=$?
  ((code == 35)) || { echo "curl ended with $code where 35 (no common version) was expected" && return 1; }
}

http_redirects() {
  local got
  got="$(curl -sS --max-time 10 "${address[@]}" -o "$answer/body" -w '%{http_code} %{redirect_url}' "$plain/api/v1/me?x=1")" || return 1
  [[ "$got" == "308 https://"*"/api/v1/me?x=1" ]] || { echo "got: ${got:-nothing}" && return 1; }
}

is_ready() { call GET /health/ready && gives 200 && [[ "$(got .status)" == [uU][pP] ]]; }

version_agrees() {
  as one && call GET /api/v1/system "${caller[@]}" && gives 200 || return 1
  [[ -z "$version" || "$(got .version)" == "$version" ]] || { echo "it serves $(got .version), this is $version" && return 1; }
}

says_what_it_can() { call GET /openapi.json && gives 200 && got '.openapi | startswith("3.1")' >/dev/null; }

answers_are_safe() {
  call GET /health/live && [[ "$(header X-Content-Type-Options)" == nosniff && -z "$(header Server)" && -z "$(header Via)" ]]
}

no_key() { call GET /api/v1/debates && gives 401 unauthenticated; }

wrong_key() {
  keep_key wrong "ara_$(head -c 24 /dev/urandom | base64 | tr -d '+/=')" && as wrong &&
    call GET /api/v1/debates "${caller[@]}" && gives 401 unauthenticated
}

# A key that may read and no more.
narrow_key() {
  as one && post /api/v1/keys '{"name":"smoke, may read","scopes":["debate.read","receipt.read"]}' && gives 201 &&
    keep_key narrow "$(got .secret)" && narrow_id="$(got .key.id)" && as narrow &&
    call GET /api/v1/debates "${caller[@]}" && gives 200 &&
    post /api/v1/debates "$question" && gives 403 forbidden
}

ended_key() {
  as one && call DELETE "/api/v1/keys/$narrow_id" "${caller[@]}" && gives 204 &&
    as narrow && call GET /api/v1/debates "${caller[@]}" && gives 401 unauthenticated
}

nothing_there() { as one && call GET /api/v1/debates/00000000-0000-7000-8000-000000000000 "${caller[@]}" && gives 404 not_found; }

bad_input() {
  as one && post /api/v1/debates '{"question":"a","question":"b"}' && gives 400 invalid_json &&
    post /api/v1/debates '{"question":"Is this refused?","surprise":1}' && gives 422 invalid_input
}

too_large() {
  head -c 400000 /dev/zero | tr '\0' x >"$work/large" && as one &&
    call POST /api/v1/debates "${caller[@]}" -H 'Content-Type: application/json' --data-binary "@$work/large" &&
    gives 413 payload_too_large
}

check_edge() {
  try "health answers through the edge" tls_chain || return
  if [[ "$url" == https:* ]]; then
    try "its certificate counts for its name, and another root does not" tls_refuses_strangers_root || true
    try "TLS 1.1 is refused" tls_is_new_enough || true
  else
    leave "TLS" "the address is http"
  fi
  if [[ -n "$plain" ]]; then
    try "http only leads to https" http_redirects || true
  else
    leave "http only leads to https" "where http is was not said"
  fi
  try "it is ready" is_ready || return
  try "it describes its API" says_what_it_can || true
  try "answers carry safety headers and name no software" answers_are_safe || true
}

# What needs no key of a workspace.
check_strangers() {
  try "401 without a key" no_key || true
  try "401 with a key nobody made" wrong_key || true
}

check_refusals() {
  try "it serves the version it should${version:+: $version}" version_agrees || return
  if try "403 beyond what a key may do" narrow_key; then
    try "401 with a key that was ended" ended_key || true
  fi
  try "404 for what is not there" nothing_there || true
  try "400 for JSON that is none, 422 for a field nobody knows" bad_input || true
  try "413 for a body that is too large" too_large || true
}
