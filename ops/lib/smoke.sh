#!/usr/bin/env bash
# What the smoke test's checks are made of: one line a check, requests, and how answers are judged.
# A check is a chain of &&: called inside a condition, the shell would not stop at a failed step by itself.

work=""
answer=""
url=""
connect=()
declare -A asides=()

# $work holds what checks hand on; $answer the answer that came last, which a check that goes on aside has of its own.
open_work() {
  work="$(mktemp -d -t aragora-smoke.XXXXXX)"
  answer="$work"
  # The verifier in its container has another user than we.
  chmod 0711 "$work"
  : >"$work/checks"
}

told() { if [[ -n "${json:-}" ]]; then printf '%s\n' "$*" >&2; else printf '%s\n' "$*"; fi; }

record_check() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$work/checks"; }

# judge NAME CODE MS FILE: writes down how a check ended; what it said, which is in FILE, is shown only when it failed.
judge() {
  local why
  if (($2 == 0)); then
    record_check passed "$3" "$1" ""
    told "ok $1 ($3 ms)"
    return
  fi
  why="$(tail -n 3 "$4" | tr '\t\n' '  ' | cut -c 1-400)"
  record_check failed "$3" "$1" "$why"
  told "NOT OK $1 ($3 ms): $why"
  return 1
}

# try NAME COMMAND...: one check.
try() {
  local name="$1" started code=0
  shift
  started="$(date +%s%3N)"
  "$@" >"$work/said" 2>&1 </dev/null || code=$?
  judge "$name" "$code" "$(($(date +%s%3N) - started))" "$work/said"
}

# aside KEY COMMAND...: begins a check beside those that follow; variables it sets are not seen by them.
aside() {
  mkdir "$work/$1"
  beside "$@" &
  asides["$1"]=$!
}

beside() {
  local answer="$work/$1" code=0 started
  started="$(date +%s%3N)"
  "${@:2}" >"$answer/said" 2>&1 </dev/null || code=$?
  printf '%s %s\n' "$code" "$(($(date +%s%3N) - started))" >"$answer/end"
}

# join KEY NAME: the check that aside began, once it has ended.
join() {
  local code=1 took=0
  wait "${asides[$1]}" || true
  [[ ! -s "$work/$1/end" ]] || read -r code took <"$work/$1/end"
  judge "$2" "$code" "$took" "$work/$1/said"
}

leave() {
  record_check skipped 0 "$1" "$2"
  told "SKIPPED $1: $2"
}

results() { cut -f 1 "$work/checks" | grep -cx "$1" || true; }

# call VERB PATH [CURL-OPTION...]: leaves $status, and the answer in $answer/{head,body}.
call() {
  local verb="$1" path="$2"
  shift 2
  status="$(curl -sS --max-time 30 "${connect[@]}" -X "$verb" -o "$answer/body" -D "$answer/head" \
    -w '%{http_code}' "$@" "$url$path")"
}

# as KEY-NAME: curl's options for a caller; the key stands in a file, not on the command line.
as() { caller=(-H "@$work/$1.header"); }

keep_key() {
  (umask 077 && printf 'Authorization: Bearer %s\n' "$2" >"$work/$1.header")
}

# post PATH JSON [CURL-OPTION...]: as the caller that as() named.
post() { call POST "$1" "${caller[@]}" -H 'Content-Type: application/json' -d "$2" "${@:3}"; }

got() { jq -er "$@" "$answer/body"; }

# gives STATUS [CODE]: whether the last answer has them; says what came instead.
gives() {
  if [[ "$status" == "$1" ]] && { [[ $# == 1 ]] || [[ "$(jq -r '.code // empty' "$answer/body")" == "$2" ]]; }; then
    return
  fi
  printf 'expected %s, got %s: %s\n' "$*" "$status" "$(head -c 300 "$answer/body")"
  return 1
}

header() { sed -n "s/^$1: *\(.*[^[:space:]]\)[[:space:]]*$/\1/Ip" "$answer/head" | tail -n 1; }

# smoke_json SECONDS RECEIPT VERIFIED_AT: the whole run as one object.
smoke_json() {
  jq -Rn --arg url "$url" --arg receipt "$2" --arg verified_at "$3" --argjson seconds "$1" '[inputs | split("\t")
    | {result: .[0], ms: (.[1] | tonumber), name: .[2]} + (if .[3] == "" then {} else {detail: .[3]} end)]
    | {ok: (any(.result == "passed") and all(.result != "failed")), url: $url, seconds: $seconds,
       receipt: (if $verified_at == "" then null else {id: $receipt, verified_ms: ($verified_at | tonumber)} end),
       passed: map(select(.result == "passed")) | length, failed: map(select(.result == "failed")) | length,
       skipped: map(select(.result == "skipped")) | length, checks: .}' "$work/checks"
}
