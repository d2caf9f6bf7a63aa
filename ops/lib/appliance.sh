#!/usr/bin/env bash
# Runs a throw-away appliance for the outside checks: its own data folder, gone at the end.

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/verify-outside.sh
source "$lib/verify-outside.sh"

ops="$(dirname "$lib")"
data="$(mktemp -d -t aragora-outside.XXXXXX)"
files="$data.files"
mkdir -p "$files"

# What runs once needs no cache for a second start.
export AOT_CACHE=off

quickstart() { timeout 1600 "$ops/quickstart" --data-dir "$data" "$@"; }
aragora() { ARAGORA_DATA_DIR="$data" timeout 120 "$ops/aragora" "$@"; }

discard() {
  # At the end of a script nothing may change its result; that stopping works is a check of its own.
  timeout 120 "$ops/quickstart" --data-dir "$data" --stop >/dev/null 2>&1 || say "could not stop what runs on $data"
  rm -rf "$data" "$files" || say "could not delete $data"
}

# The last id that quickstart's output calls a receipt, and the address it serves on.
printed_receipt() {
  grep -iE 'receipt' "$1" | grep -oE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' | tail -n 1
}
printed_address() { grep -oE 'http://127\.0\.0\.1:[0-9]+' "$1" | head -n 1; }

# export_receipt ID ADDRESS: every export and both public keys into $files.
export_receipt() {
  aragora receipt export --format json "$1" -o "$files/receipt.json" &&
    aragora receipt export --format jws "$1" -o "$files/receipt.jws" &&
    aragora receipt export --format odr "$1" -o "$files/receipt.odr.json" &&
    aragora receipt export --format md "$1" -o "$files/receipt.md" &&
    aragora receipt get "$1" -o "$files/bundle.json" &&
    curl -sSf "$2/.well-known/aragora-odr-signing-key" -o "$files/key.pem" &&
    curl -sSf "$2/.well-known/jwks.json" -o "$files/jwks.json" &&
    curl -sSf "$2/.well-known/decision-keys.json" -o "$files/decision-keys.json"
}

# The signed statement, as jq sees it in the envelope.
statement() { jq -r .payload "$files/receipt.json" | base64 -d | jq "$@"; }

own_verify() { aragora receipt verify "$1" --keys "$files/decision-keys.json"; }

# Processes whose command line or environment names our data folder; ours never do, so this does not find itself.
processes_of_data() {
  local process
  for process in /proc/[0-9]*; do
    if [[ "$({ tr '\0' ' ' <"$process/cmdline" && tr '\0' ' ' <"$process/environ"; } 2>/dev/null)" == *"$data"* ]]; then
      printf '%s %s\n' "$process" "$(tr '\0' ' ' <"$process/cmdline")"
    fi
  done
}

leaves_no_process() {
  local left
  left="$(processes_of_data)"
  [[ -z "$left" ]] || {
    say "still running: $left"
    return 1
  }
}
