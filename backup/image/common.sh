#!/usr/bin/env bash
# What the scripts of the database image share: where things are, clear errors, asking the database.

# shellcheck disable=SC2034 # read by the scripts that source this
home=/var/lib/postgresql
spool=/var/spool/pgbackrest
history=/var/lib/aragora-drill/history.jsonl
here="$(dirname "${BASH_SOURCE[0]}")"

# The keys of the repositories are secrets: no option names them, a folder of secrets does.
export PGBACKREST_CONFIG_INCLUDE_PATH=/run/secrets
export PGBACKREST_STANZA=main

# Exit codes: 1 failed, 2 not understood, 3 something must be done first.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

refuse() {
  printf 'error: %s\n' "$*" >&2
  exit 3
}

usage_error() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" >&2; }

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# A name for a key that tells two keys apart and nothing about them.
key_id() { sha256sum | cut -c 1-12; }

# The key that repository $1 is read with here.
key_here() {
  sed -n "s/^repo$1-cipher-pass=//p" /run/secrets/*.conf 2>/dev/null | head -n 1 | tr -d '\n' | key_id
}

has_repository() { (($1 == 1)) || grep -qs "^repo$1-" /run/secrets/*.conf; }

repository_path() {
  local path
  path="$(sed -n "s/^repo$1-path=//p" /run/secrets/*.conf 2>/dev/null | head -n 1)"
  printf '%s' "${path:-/var/lib/pgbackrest$([[ "$1" == 1 ]] || printf '%s' "$1")}"
}

# The backups of repository $1, oldest first: label, type, and when each began and ended in seconds.
backups() {
  pgbackrest --repo="$1" --output=json info |
    jq -r '.[0].backup // [] | .[] | [.label, .type, .timestamp.start, .timestamp.stop] | @tsv'
}

# The restore points of repository $1: name, and when in seconds. An object store keeps none.
points() { cat "$(repository_path "$1")/points" 2>/dev/null || true; }

# What kept drill results say: one JSON object a line, oldest first.
drills() { [[ ! -s "$history" ]] || cat "$history"; }

# Moves a file into place whole.
put() {
  cat >"$1.part"
  mv "$1.part" "$1"
}
