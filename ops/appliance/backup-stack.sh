#!/usr/bin/env bash
# A stack of its own with backups on, and somebody who decides things in it: for the checks of backups.

: "${root:?}" "${work:?}"
# shellcheck source=backup/common.sh
source "$root/backup/common.sh"

start_stack() {
  mkdir -p "$OFFSITE_DIR"
  chown 10002:10002 "$OFFSITE_DIR"
  echo ARAGORA_LOG_LEVEL=info >"$ARAGORA_ENV_FILE"
  compose --profile backup up -d
  becomes_ready
}

is_up() { curl -sfk "https://localhost:$HTTPS_PORT/health/ready" && [[ "$(health "$(containers backup)")" == healthy ]]; }

# In a shell of its own, for there it may give up.
becomes_ready() { (wait_for 180 "a ready server" is_up); }

discard_stack() {
  compose --profile backup --profile drill down -v --remove-orphans >/dev/null 2>&1 || say "the stack could not be taken down"
  discard_projects "$(project)-copy" "$(project)-future"
}

# Volumes that --into made, and copies that were damaged.
discard_projects() {
  local name
  for name in "$@"; do
    docker volume ls -q --filter "label=com.docker.compose.project=$name" | xargs -r docker volume rm >/dev/null
  done
}

become_somebody() {
  # A busy machine may let nobody into the database at first.
  (wait_for 60 "a workspace" make_workspace) || { cat "$work/made" "$work/made.log" && return 1; }
  keep_evidence
}

make_workspace() { aragora workspace make "backup" --json >"$work/made" 2>"$work/made.log" && jq -re .key "$work/made" >"$work/key"; }

keep_evidence() {
  local sum
  head -c 200000 /dev/urandom | base64 >"$work/evidence"
  sum="$(sha256sum <"$work/evidence" | cut -d ' ' -f 1)"
  api -f -X PUT "https://localhost:$HTTPS_PORT/api/v1/evidence/$sum?name=proof" -H 'Content-Type: application/octet-stream' \
    --data-binary "@$work/evidence"
}

api() { curl -sSk -m 60 -H "Authorization: Bearer $(<"$work/key")" "$@"; }

# One debate to its end; prints the id of its receipt.
decide() {
  api "https://localhost:$HTTPS_PORT/api/v1/debates" -H 'Prefer: wait=30' -H 'Content-Type: application/json' \
    -d '{"question":"Is there a copy?","options":[{"id":"yes","label":"Yes"},{"id":"no","label":"No"}]}' | jq -re .receipt_id
}

in_db() { docker exec "$(running db)" psql -XAtqc "$1"; }

receipts() { in_db 'select count(*) from receipt'; }

# Every table with the number of its rows and one hash over all of them, but those in which a node notes that it lives.
rows_sql="select relname, x.*
            from pg_class,
                 xmltable('/row' passing query_to_xml(
                   format('select count(*) as n, md5(string_agg(t::text, chr(10) order by t::text)) as h from public.%I t', relname),
                   false, true, '') columns n bigint, h text) x
           where relnamespace = 'public'::regnamespace
             and relkind = 'r'
             and relname not in ('job_node', 'scheduled_tasks')
           order by 1"
all_rows() { in_db "$rows_sql"; }

# keep_rows FILE: once nothing changes any more; the logs' heads are signed a moment after what they are about.
keep_rows() {
  local before="" try
  for try in {1..15}; do
    all_rows >"$1" || return
    [[ "$before" != "$(<"$1")" ]] || return 0
    before="$(<"$1")"
    sleep 2
  done
  echo "the rows went on changing through try $try" && return 1
}

# A moment that lies between what was before and what comes after, by the database's clock.
moment() {
  sleep 1
  in_db "select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
  sleep 1
}

# Everything written so far is in the repositories.
archived() {
  local wal
  wal="$(in_db 'select pg_walfile_name(pg_current_wal_lsn())')"
  in_db 'select pg_switch_wal()' >/dev/null
  (wait_for 90 "archiving of $wal" is_archived "$wal")
}

# Several WAL files that no backup covers.
write_wal() {
  local each
  for each in 1 2 3; do
    in_db "select pg_create_restore_point('wal_$each')" >/dev/null && archived || return
  done
}

is_archived() { [[ "$(in_db "select last_archived_wal >= '$1' from pg_stat_archiver")" == t ]]; }

# rows_in PROJECT: the same of a project that does not run.
rows_in() {
  # shellcheck disable=SC2016 # for the shell in there
  one_off -v "$(volume pgdata "$1"):/var/lib/postgresql" -- bash -c '
    pg_ctl -D "$PGDATA" -w -s -l /tmp/log start -o "-c config_file=/opt/aragora/postgresql.conf -c ssl=off -c listen_addresses= -c archive_command=false" &&
      psql -XAtqc "$1" && pg_ctl -D "$PGDATA" -w -s stop' - "$rows_sql"
}

backup_labels() { docker exec "$(running backup)" bash -c 'source /opt/aragora/common.sh && backups 1' | cut -f 1; }
