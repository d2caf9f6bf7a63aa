#!/usr/bin/env bash
# From which version one may go to which, as upgrades.json of the new release says. Needs common.sh first.

is_older() { [[ "$1" != "$2" && "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" == "$1" ]]; }

# release_field FILE VERSION FIELD
release_field() { jq -er --arg v "$2" ".releases[] | select(.version == \$v) | .$3" "$1"; }

# next_hop FILE FROM TO: the newest release up to TO that may follow FROM.
next_hop() {
  jq -r --arg from "$2" '.releases[] | select(.from | index($from)) | .version' "$1" | sort -V |
    while read -r version; do is_older "$3" "$version" || printf '%s\n' "$version"; done | tail -n 1
}

# check_path FILE FROM TO: 0 when TO may follow FROM; else refuses in words that say the way.
check_path() {
  local hop
  jq -e '.releases | length > 0' "$1" >/dev/null 2>&1 || die "$1 is not readable: copy the release again"
  if is_older "$3" "$2"; then
    refuse "$2 to $3 is a downgrade: an older program does not know the newer data. ops/rollback undoes the last upgrade; further back, restore the backup of then into a new project"
  fi
  release_field "$1" "$3" version >/dev/null 2>&1 || refuse "this release does not know version $3: $(jq -r '[.releases[].version] | join(", ")' "$1")"
  release_field "$1" "$3" from | jq -e --arg from "$2" 'index($from)' >/dev/null && return
  hop="$(next_hop "$1" "$2" "$3")"
  [[ -n "$hop" ]] || refuse "no way leads from $2 to $3: restore a backup into a new installation of $3"
  refuse "$2 to $3 is too far in one step: upgrade to $hop first"
}
