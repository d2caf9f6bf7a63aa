#!/usr/bin/env bash
# Copies of a repository, each damaged in one way: for the checks that damage is seen.

: "${root:?}" "${work:?}"

# copy_volume FROM TO: between volumes of this stack's project.
copy_volume() {
  make_volume "$2" "$(project)-copy"
  docker run --rm --network none --user 0:0 -v "$(volume "$1"):/from:ro" -v "$(volume "$2" "$(project)-copy"):/to" "$(db_image)" \
    bash -c 'rm -rf /to/* && cp -a /from/. /to/'
}

# damaged WHAT: the copy of repository and secrets in which something was done, as root.
damaged() {
  copy_volume pgbackup pgbackup && copy_volume secrets-db secrets-db || return
  docker run --rm --network none --user 0:0 -v "$(volume pgbackup "$(project)-copy"):/repo" \
    -v "$(volume secrets-db "$(project)-copy"):/secrets" "$(db_image)" bash -euo pipefail -c "$1"
}

# shellcheck disable=SC2016,SC2034 # for the shell in there; B.sh reads them
flipped='for folder in /repo/backup/main/2*/bundle; do
    file="$folder/$(ls -S "$folder" | head -n 1)"
    printf 0123456789abcdef | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") / 2)) conv=notrunc status=none
  done'
# Not the last one: that would be no gap, only an earlier end.
# shellcheck disable=SC2016,SC2034 # as above
lost_wal='cd /repo/archive/main/15-1/; rm "$(ls -d */*.zst | tail -n 2 | head -n 1)"'
# shellcheck disable=SC2034 # as above
other_key='sed -i "s/^repo1-cipher-pass=.*/repo1-cipher-pass=another/" /secrets/cipher.conf'

# with_copy COMMAND...: of the database image, on the damaged copy, as the drill and the backup job mount it.
with_copy() {
  local copy
  copy="$(project)-copy"
  make_volume drill "$copy"
  make_volume drill-history "$copy"
  one_off -v "$(volume pgbackup "$copy"):/var/lib/pgbackrest:ro" -v "$(volume secrets-db "$copy"):/run/secrets:ro,nocopy" \
    -v "$(volume certificates):/run/certificates:ro" -v "$(volume drill "$copy"):/var/lib/postgresql" \
    -v "$(volume drill-history "$copy"):/var/lib/aragora-drill" -- "$@"
}

# A drill on a damaged copy must be red, at the step where it shows.
drill_is_red() {
  local last
  damaged "$1" || return
  ! with_copy /opt/aragora/drill 1 5 || return
  last="$(with_copy tail -n 1 /var/lib/aragora-drill/history.jsonl)"
  jq -e --arg step "$2" '(.ok | not) and .failed_at == $step' <<<"$last"
}
