#!/usr/bin/env bash
# What the smoke test's checks are made of: one line a check, requests, and how answers are judged.
# A check is a chain of &&: called inside a condition, the shell would not stop at a failed step by itself.

work=""
url=""
connect=()

# Names of the files of the answer that came last.
open_work() {
  work="$(mktemp -d -t aragora-smoke.XXXXXX)"
  # The verifier in its container has another user than we.
  chmod 0711 "$work"
  : >"$work/checks"
}

told() { if [[ -n "${json:-}" ]]; then printf '%s\n' "$*" >&2; else printf '%s\n' "$*"; fi; }

record_check() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$work/checks"; }

# try NAME COMMAND...: one check; what it said is shown only when it fails.
try() {
  local name="$1" started code=0 took why
  shift
  started="$(date +%s%3N)"
  "$@" >"$work/said" 2>&1 </dev/null || code=$?
  took=$(($(date +%s%3N) - started))
  if ((code == 0)); then
    record_check passed "$took" "$name" ""
    told "ok $name ($took ms)"
    return
  fi
  why="$(tail -n 3 "$work/said" | tr '\t\n' '  ' | cut -c 1-400)"
  record_check failed "$took" "$name" "$why"
  told "NOT OK $name ($took ms): $why"
  return 1
}

leave() {
  record_check skipped 0 "$1" "$2"
  told "SKIPPED $1: $2"
}

results() { cut -f 1 "$work/checks" | grep -cx "$1" || true; }

# call VERB PATH [CURL-OPTION...]: leaves $status, and the answer in $work/{head,body}.
call() {
  local verb="$1" path="$2"
  shift 2
  status="$(curl -sS --max-time 30 "${connect[@]}" -X "$verb" -o "$work/body" -D "$work/head" \
    -w '%{http_code}' "$@" "$url$path")"
}

# as KEY-NAME: curl's options for a caller; the key stands in a file, not on the command line.
as() { caller=(-H "@$work/$1.header"); }

keep_key() {
  (umask 077 && printf 'Authorization: Bearer %s\n' "$2" >"$work/$1.header")
}

# post PATH JSON [CURL-OPTION...]: as the caller that as() named.
post() { call POST "$1" "${caller[@]}" -H 'Content-Type: application/json' -d "$2" "${@:3}"; }

got() { jq -er "$@" "$work/body"; }

# gives STATUS [CODE]: whether the last answer has them; says what came instead.
gives() {
  if [[ "$status" == "$1" ]] && { [[ $# == 1 ]] || [[ "$(jq -r '.code // empty' "$work/body")" == "$2" ]]; }; then
    return
  fi
  printf 'expected %s, got %s: %s\n' "$*" "$status" "$(head -c 300 "$work/body")"
  return 1
}

header() { sed -n "s/^$1: *\(.*[^[:space:]]\)[[:space:]]*$/\1/Ip" "$work/head" | tail -n 1; }

# The whole run as one object.
smoke_json() {
  jq -Rn --arg url "$url" --argjson seconds "$1" '[inputs | split("\t")
    | {result: .[0], ms: (.[1] | tonumber), name: .[2]} + (if .[3] == "" then {} else {detail: .[3]} end)]
    | {ok: (any(.result == "passed") and all(.result != "failed")), url: $url, seconds: $seconds,
       passed: map(select(.result == "passed")) | length, failed: map(select(.result == "failed")) | length,
       skipped: map(select(.result == "skipped")) | length, checks: .}' "$work/checks"
}
