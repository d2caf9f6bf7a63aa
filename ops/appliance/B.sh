#!/usr/bin/env bash
# Shows every requirement of backup/ (B01-B10) on a stack of its own, and on a second machine.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d /tmp/arb.XXXX)"
export COMPOSE_PROJECT_NAME="${COMPOSE_PROJECT_NAME:-aragora-b}" HTTPS_PORT="${HTTPS_PORT:-28443}" HTTP_PORT="${HTTP_PORT:-28080}"
export OFFSITE_DIR="$work/offsite" ARAGORA_ENV_FILE="$work/env"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/appliance/backup-stack.sh
source "$root/ops/appliance/backup-stack.sh"
# shellcheck source=ops/appliance/backup-damage.sh
source "$root/ops/appliance/backup-damage.sh"
# shellcheck source=ops/appliance/second-machine.sh
source "$root/ops/appliance/second-machine.sh"

in_backup() { docker exec "$(running backup)" "$@"; }

first_backup_is_there() { (wait_for 120 "the first backup" has_backup); }
has_backup() { [[ -n "$(backup_labels)" ]]; }

is_encrypted() {
  in_backup pgbackrest --config-include-path=/run/secrets --stanza=main --output=json info | jq -e '.[0].cipher == "aes-256-cbc"' &&
    ! in_backup grep -rqaF 'aragora_app' /var/lib/pgbackrest
}

is_small_and_kept_by_rule() {
  in_backup bash -c 'ls /var/lib/pgbackrest/backup/main/*F/bundle/1 && ls /var/lib/pgbackrest/archive/main/*/*/*.zst' &&
    in_backup grep -x -e repo1-retention-full=2 -e repo1-retention-diff=7 -c /etc/pgbackrest/pgbackrest.conf | grep -qx 2
}

# shellcheck disable=SC2016 # for the shell in there
goes_off_site() {
  "$root/backup/offsite" folder && in_backup /opt/aragora/verify 2 &&
    in_backup bash -c 'source /opt/aragora/common.sh && [[ "$(key_here 1)" != "$(key_here 2)" ]]'
}

# Somebody asks four times a second while a full backup is taken.
interrupts_nobody() {
  local asked=0 failed=0
  "$root/backup/backup" full >"$work/full.log" 2>&1 &
  while kill -0 $! 2>/dev/null; do
    asked=$((asked + 1))
    api -f "https://localhost:$HTTPS_PORT/api/v1/me" >/dev/null || failed=$((failed + 1))
    sleep 0.25
  done
  cat "$work/full.log"
  echo "asked $asked times, refused $failed"
  wait $! && ((asked > 3 && failed == 0))
}

damage_fails_verify() { damaged "$flipped" && ! with_copy /opt/aragora/verify; }

# Three receipts, with moments to go back to between them.
write_history() {
  keep_rows "$work/at_set" && "$root/backup/backup" diff && set_before="$(backup_labels | tail -n 1)" &&
    decide && keep_rows "$work/at_time" && time="$(moment)" &&
    decide && keep_rows "$work/at_name" && "$root/backup/point" before_three && "$root/backup/backup" diff &&
    decide && keep_rows "$work/at_latest" && archived
}

# goes_into MOMENT WHAT...: into another project, with every row as it was then; the project itself is left alone.
goes_into() {
  local wanted="$work/$1"
  shift
  discard_projects "$(project)-copy"
  "$root/backup/restore" "$@" --into "$(project)-copy" || return
  rows_in "$(project)-copy" >"$work/found" && diff "$wanted" "$work/found" && all_rows | diff "$work/at_latest" -
}

needs_force() { ! "$root/backup/restore" latest; }
needs_an_empty_project() { ! "$root/backup/restore" latest --into "$(project)-copy"; }

# The logs have lost what came later: they say so and go on, and everything there still verifies.
replaces_and_goes_on() {
  "$root/backup/restore" --time "$time" --force && becomes_ready &&
    [[ "$(receipts)" == "$(receipts_at time)" ]] && decide
}

comes_back() { "$root/backup/restore" --undo && becomes_ready && [[ "$(receipts)" == "$(receipts_at latest)" ]]; }

receipts_at() { sed -n 's/^receipt|\([0-9]*\)|.*/\1/p' "$work/at_$1"; }

drills() {
  "$root/backup/backup" diff && "$root/backup/drill" --json >"$work/drill.json" && cat "$work/drill.json" &&
    jq -e --argjson receipts "$(receipts)" '.ok and .rpo_seconds <= 60 and .verified.receipts.receipts == $receipts' "$work/drill.json"
}

drill_is_alone() {
  local config
  config="$(compose --profile drill config)"
  awk '/^  drill:/ { on = 1; next } /^  [a-z]/ { on = 0 } on' <<<"$config" >"$work/drill.yml"
  grep -q 'network_mode: none' "$work/drill.yml" && grep -q 'archive_mode=off' "$root/backup/image/drill" || return
  grep -A 4 'source: pgbackup' "$work/drill.yml" | grep -q 'read_only: true' || grep -q 'pgbackup:/var/lib/pgbackrest:ro' "$work/drill.yml"
}

wrong_key_is_named() {
  damaged "$other_key" || return
  ! with_copy /opt/aragora/restore latest --force 2>"$work/said" || return
  cat "$work/said"
  grep -q "was written with key $(in_backup cat /var/lib/pgbackrest/key-id), here is key [0-9a-f]*: use the recovery kit" "$work/said"
}

future_is_refused() { ! "$root/backup/restore" --time 2099-01-01T00:00:00Z --into "$(project)-future"; }

# The first full backup was drilled well: however many come after it, it stays; without that it would go.
keeps_what_was_proved() {
  local first
  first="$(backup_labels | head -n 1)"
  printf '{"ok":true,"repository":1,"set":"%s","at":1}\n' "$first" |
    one_off -i -v "$(volume drill-history):/var/lib/aragora-drill" -- bash -c 'cat >/var/lib/aragora-drill/history.jsonl'
  "$root/backup/backup" full && "$root/backup/backup" full && backup_labels | grep -qx "$first" || return
  one_off -v "$(volume drill-history):/var/lib/aragora-drill" -- rm /var/lib/aragora-drill/history.jsonl
  in_backup /opt/aragora/expire && ! backup_labels | grep -qx "$first"
}

requirements() {
  prove B01 "a stack takes its first backup by itself" first_backup_is_there
  prove B01 "it is encrypted" is_encrypted
  prove B01 "bundled, compressed, kept by rule" is_small_and_kept_by_rule
  check "somebody works here" become_somebody
  prove B01 "and goes off-site, under a key of its own" goes_off_site
  prove B02 "a full backup interrupts nobody" interrupts_nobody
  prove B03 "16 changed bytes fail the verification" damage_fails_verify
  check "receipts are written, with moments between" write_history
  prove B04 "refuses to replace what runs" needs_force
  prove B04 "to a time, exact rows" goes_into at_time --time "$time"
  prove B04 "refuses a project that has data" needs_an_empty_project
  prove B04 "to a restore point, exact rows" goes_into at_name --name before_three
  prove B04 "to the end of one backup, exact rows" goes_into at_set --set "$set_before"
  prove B04 "to the newest there is, exact rows" goes_into at_latest latest
  prove B04 "in place, and decisions go on" replaces_and_goes_on
  prove B04 "and back" comes_back
  prove B05 "the drill passes: every receipt verified, RPO at most 60 s" drills
  prove B05 "it has no network, and the repository read-only" drill_is_alone
  prove B05 "red with a damaged file" drill_is_red "$flipped" restore
  prove B05 "red with another key" drill_is_red "$other_key" repository
  check "more is written" write_wal
  prove B05 "red with a lost WAL file" drill_is_red "$lost_wal" recovery
  prove B06 "another key is named" wrong_key_is_named
  prove B07 "a target in the future is refused" future_is_refused
  second_machine
  prove B10 "a proved backup outlives the rule, an unproved one does not" keeps_what_was_proved
}

clean_up() {
  discard_second_machine
  discard_stack
  rm -rf "$work"
}

main() {
  local time="" set_before=""
  case "${1:-}" in
    -h | --help) echo "usage: ops/appliance/B.sh: shows B01 to B10; needs root, or a Docker engine" && exit ;;
  esac
  trap clean_up EXIT
  start_engine "$work/engine"
  check "a stack with backups starts" start_stack && all_of requirements
}

main "$@"
