#!/usr/bin/env bash
# People sign in at a real OpenID Connect provider (npm's oidc-provider) on loopback, and strangers do not.
set -euo pipefail

# shellcheck source=ops/lib/people.sh
source "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/people.sh"

secret="a secret of the client's & more"
provider_pid=""

start_provider() {
  node "$lib/oidc-provider.mjs" "$tools/oidc" "$port" "$secret" "$address/api/v1/oidc/callback" >"$files/provider.log" 2>&1 &
  provider_pid=$!
  wait_for 30 "the start of the provider" curl -sf "$provider/.well-known/openid-configuration"
}

stop_provider() {
  [[ -z "$provider_pid" ]] || kill "$provider_pid" 2>/dev/null || true
  [[ -z "$provider_pid" ]] || wait "$provider_pid" 2>/dev/null || true
  provider_pid=""
}

choose_provider() {
  port="$(free_port 8490)"
  provider="http://localhost:$port"
  printf '%s' "$secret" >"$files/client-secret"
  export ARAGORA_OIDC_ISSUER="$provider" ARAGORA_OIDC_CLIENT_ID=aragora ARAGORA_EGRESS_ALLOW="$provider"
  export ARAGORA_OIDC_CLIENT_SECRET_FILE="$files/client-secret"
}

browser() { timeout 60 node "$lib/oidc-browser.mjs" "$address" "$provider" "$1" "$account"; }

start() {
  check "a server that knows the provider starts" serve || return
  check "the first person makes their account" first_person anna@example.org || return
  account="$(jq -r .account_id "$last_output")"
  # In this shell, so that its number is known when it has to end.
  start_provider
}

people_sign_in() {
  check "whoever the provider vouches for is signed in" browser signs-in || return
  check "they are known by their subject when their address changes" browser by-subject
  check "one who got their address later is not let in" browser usurper
}

strangers_do_not() {
  check "an address the provider has not verified is not taken" browser unverified
  check "an address unknown here makes no account" browser unknown
}

nothing_is_replayed() {
  check "the same way back counts once" browser replay
  check "the way back counts in the browser that left" browser other-browser
  check "a code of one's own making is refused" browser changed-code
  check "an answer that names another issuer is refused" browser other-issuer
}

# Some providers put the address into the ID token instead of the user information.
by_the_token_alone() {
  stop_provider
  CLAIMS_IN_ID_TOKEN=yes start_provider
  check "an address in the ID token itself is taken too" browser signs-in
}

end() {
  stop_provider
  discard
}

main() {
  if ! ensure_oidc_provider; then
    skip "sign-in at a real OIDC provider" "the package oidc-provider cannot be had here (reason above)"
    return
  fi
  trap end EXIT
  choose_address
  choose_provider
  all_of start && all_of strangers_do_not people_sign_in nothing_is_replayed by_the_token_alone
}

main "$@"
