#!/usr/bin/env bash
# Runs a throw-away server with a first person in it, for the checks that sign people in. Its name is localhost:
# browsers take that for a safe place, as they do https.

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$(dirname "$lib")")"
# shellcheck source=ops/lib/tools.sh
source "$lib/tools.sh"
# shellcheck source=ops/lib/checks.sh
source "$lib/checks.sh"
data="$(mktemp -d -t aragora-people.XXXXXX)"
# shellcheck source=ops/lib/server.sh
source "$lib/server.sh"

files="$data.files"
mkdir -p "$files"
# shellcheck disable=SC2034 # the scripts that source this use it
password="correct horse battery staple 42"

# What runs once needs no cache for a second start.
export AOT_CACHE=off ARAGORA_DATA_DIR="$data"

discard() {
  stop_server
  rm -rf "$data" "$files" || say "could not delete $data"
}

# Chooses the ports first: the public address is a setting like others.
choose_address() {
  choose_port ARAGORA_HTTP_PORT 8480
  choose_port ARAGORA_MANAGEMENT_PORT 8481 "$ARAGORA_HTTP_PORT"
  address="http://localhost:$ARAGORA_HTTP_PORT"
  export ARAGORA_PUBLIC_URL="$address"
}

serve() {
  find_jdk
  if jar_is_stale; then build_jar; fi
  start_server 120
}

# first_person EMAIL: makes the first account by the link that the command line gives.
first_person() {
  local token body
  token="$("$root/ops/aragora" user first-admin --json | jq -er .token)" || return
  # shellcheck disable=SC2016 # variables of jq's
  body="$(jq -n --arg token "$token" --arg email "$1" --arg password "$password" \
    '{token: $token, email: $email, name: "Anna", password: $password}')"
  curl -sS --fail-with-body -H 'Content-Type: application/json' -d "$body" "$address/api/v1/setup"
}
