#!/usr/bin/env bash
# A passkey from making it to signing in with it, in Chromium with a virtual device, and what must be refused.
set -euo pipefail

# shellcheck source=ops/lib/people.sh
source "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/people.sh"

start() {
  choose_address
  check "a server starts" serve || return
  check "the first person makes their account" first_person anna@example.org
}

# One run of the browser; each of its lines is a check of its own.
ceremony() {
  local line
  timeout 180 node "$lib/browser-passkey.mjs" "$tools/browser" "$address" anna@example.org "$password" \
    >"$files/browser.txt" 2>"$files/browser.log" || tail -n 20 "$files/browser.log" >&2
  check "the browser came to its end" grep -q 'signs nobody in' "$files/browser.txt"
  while read -r line; do
    check "${line#*ok }" test "${line%% *}" == ok || say "$line"
  done <"$files/browser.txt"
}

main() {
  if ! ensure_browser; then
    skip "a passkey in a browser" "chromium or playwright-core cannot be had here (reason above)"
    return
  fi
  trap discard EXIT
  all_of start && all_of ceremony
}

main "$@"
