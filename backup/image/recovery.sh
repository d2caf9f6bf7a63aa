#!/usr/bin/env bash
# From a repository to a running copy, step by step, each failure in words. Restore and drill share it.

# shellcheck disable=SC2154 # here comes from common.sh, target from whoever sources this
log=/tmp/recovery.log

# The repository can be read with the key that is here; pgBackRest itself would only say "no backup set found".
readable() {
  local repository="$1" path written said
  has_repository "$repository" || refuse "there is no repository $repository: name it in /run/secrets/repo2.conf (backup/offsite)"
  path="$(repository_path "$repository")"
  written="$(cat "$path/key-id" 2>/dev/null || true)"
  if [[ -n "$written" && "$written" != "$(key_here "$repository")" ]]; then
    refuse "repository $repository was written with key $written, here is key $(key_here "$repository"): use the recovery kit that was made for it"
  fi
  said="$(pgbackrest --repo="$repository" --output=json info 2>&1)" || die "repository $repository cannot be read: $said"
  if grep -q 'CryptoError\|FormatError' <<<"$said"; then
    refuse "repository $repository cannot be read with key $(key_here "$repository"): use the recovery kit that was made for it"
  fi
  [[ -n "$(backups "$repository")" ]] ||
    refuse "repository $repository holds no backup: $(jq -r '.[0].status.message // "it is empty"' <<<"$said")"
}

when() { date -u -d "@$1" +%FT%TZ; }

# ended_before REPOSITORY SECONDS: the newest backup that can be brought forward to that moment.
ended_before() { backups "$1" | awk -F '\t' -v at="$2" '$4 < at { label = $1 } END { print label }'; }

# choose REPOSITORY KIND TARGET: checks what is asked for and sets set_label to the backup it starts from.
choose() {
  local at
  case "$2" in
    latest) set_label="$(backups "$1" | tail -n 1 | cut -f 1)" ;;
    name)
      at="$(points "$1" | awk -F '\t' -v name="$3" '$1 == name { print $2 }')"
      # One that was not made with backup/point: from the oldest backup every moment is reached, if slowly.
      [[ -n "$at" ]] || at="$(backups "$1" | head -n 1 | awk -F '\t' '{ print $4 + 1 }')"
      set_label="$(ended_before "$1" "$at")"
      [[ -n "$set_label" ]] || refuse "$3 ($(when "$at")) is older than every backup of repository $1: it is out of reach"
      ;;
    set)
      set_label="$3"
      backups "$1" | cut -f 1 | grep -qxF -- "$3" ||
        refuse "there is no backup $3: there are $(backups "$1" | cut -f 1 | tr '\n' ' ')"
      ;;
    time)
      at="$(date -u -d "$3" +%s 2>/dev/null)" || usage_error "not a time: $3 (like 2026-11-24T02:00:00Z)"
      ((at <= $(date +%s))) || refuse "$3 is in the future: it is $(when "$(date +%s)") now"
      set_label="$(ended_before "$1" "$at")"
      [[ -n "$set_label" ]] ||
        refuse "$3 is before the first backup ended ($(when "$(backups "$1" | head -n 1 | cut -f 4)")): choose a later time"
      ;;
  esac
}

room_for() {
  local needed free
  needed="$(pgbackrest --repo="$1" --set="$set_label" --output=json info | jq '.[0].backup[0].info.size')"
  mkdir -p "$2"
  free="$(df -B 1 --output=avail "$2" | tail -n 1 | tr -d ' ')"
  # WAL that is replayed needs room too.
  ((free > needed + 1073741824)) ||
    refuse "the copy needs $((needed / 1048576 + 1024)) MB and $((free / 1048576)) MB are free: make room first"
}

# fetch REPOSITORY KIND TARGET FOLDER
fetch() {
  local options=("--repo=$1" "--pg1-path=$4")
  case "$2" in
    latest) ;;
    time) options+=(--type=time "--target=$(date -u -d "$3" '+%F %T.%6N+00')") ;;
    name) options+=(--type=name "--target=$3" "--set=$set_label") ;;
    # As of the end of this backup.
    set) options+=(--type=immediate "--set=$set_label") ;;
  esac
  options+=("--recovery-option=restore_command=$here/pgbackrest-get $1 $4 %f \"%p\"")
  [[ "$2" == latest ]] || options+=(--target-action=promote)
  [[ -z "${archive_mode:-}" ]] || options+=("--archive-mode=$archive_mode")
  [[ -z "${timeline:-}" ]] || options+=("--target-timeline=$timeline")
  chmod 0700 "$4"
  pgbackrest "${options[@]}" restore >"$log" 2>&1 || explain_fetch
}

explain_fetch() {
  cat "$log" >&2
  if grep -qi 'checksum\|corrupt' "$log"; then
    die "the repository is damaged (above): try an older backup (--set) or the off-site one (--repository 2)"
  fi
  die "the files could not be restored (above)"
}

# recover FOLDER SETTING...: starts the copy, which nobody else can reach, and waits until it has what was asked for.
# Its WAL waits to be archived until it is the real database; a copy that is thrown away archives nothing.
recover() {
  local folder="$1" options each
  shift
  options="-c config_file=$here/postgresql.conf -c archive_command=false"
  for each in "$@"; do options+=" -c $each"; done
  pg_ctl --pgdata "$folder" --wait --timeout 86400 --silent --log "$log" start -o "$options" || explain_recovery
  until [[ "$(sql --dbname postgres -c 'select pg_is_in_recovery()' 2>/dev/null)" == f ]]; do
    pg_ctl --pgdata "$folder" status >/dev/null || explain_recovery
    sleep 0.2
  done
}

explain_recovery() {
  tail -n 15 "$log" >&2
  if grep -q 'recovery ended before configured recovery target was reached' "$log"; then
    die "what is archived ends before $target: it is not there, or a WAL file is missing. Choose latest or an earlier time"
  elif grep -q 'could not locate required checkpoint record\|WAL ends before' "$log"; then
    die "a WAL file that backup $set_label needs is missing: try another backup (--set) or the off-site one (--repository 2)"
  elif grep -q 'could not be brought back' "$log"; then
    die "the repository stopped answering in the middle (above): nothing was changed, run it again"
  elif grep -q 'is not a child of this server' "$log"; then
    die "the target lies on another timeline: name it with --timeline, or another backup with --set"
  fi
  die "the copy does not recover (above)"
}

# The newest WAL file of repository $1, without its timeline.
newest_wal() {
  pgbackrest --repo="$1" --output=json info | jq -r '[.[0].archive[].max | select(. != null) | .[8:]] | max // ""'
}

# PostgreSQL takes the first file that is not there for the end: one that is missing between others shows here only.
require_replayed() {
  local replayed
  replayed="$(sql --dbname postgres -c "select substr(pg_walfile_name(pg_last_wal_replay_lsn()), 9)")"
  [[ ! "$replayed" < "$1" ]] ||
    die "a WAL file is missing: the archive reaches $1, the copy ends at $replayed. Restore from the off-site repository (--repository 2), or accept the loss with --time"
}

# When the last thing that the copy holds was committed.
reached() { sed -n 's/.*last completed transaction was at log time //p' "$log" | tail -n 1; }

told_of_recovery() {
  local last
  last="$(reached)"
  say "recovered: the last transaction is of ${last:-the backup itself}"
}
