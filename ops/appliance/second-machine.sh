#!/usr/bin/env bash
# Another machine: an engine without a network that has the images, the off-site repository and the recovery kit only.

: "${root:?}" "${work:?}" "${rows_sql:?}"
second="$work/2"

# on_second COMMAND...: there, in a tree of its own without any setting or state.
on_second() {
  (
    cd "$second/tree" &&
      exec env -i PATH="$PATH" HOME="$HOME" DOCKER_HOST="unix://$second/engine/docker.sock" COMPOSE_PROJECT_NAME=second \
        HTTPS_PORT=38443 HTTP_PORT=38080 OFFSITE_DIR="$second/offsite" "$@"
  )
}

make_kit() {
  "$root/backup/kit" new-key "$work/kit.key" >"$work/kit.pub" && "$root/backup/kit" make --to "$(<"$work/kit.pub")" --out "$work/kit.age" &&
    "$root/backup/kit" check
}

kit_tells_nothing() { ! grep -qaF -e BEGIN -e cipher-pass "$work/kit.age" && [[ "$(stat -c %a "$work/kit.age")" == 600 ]]; }

wrong_kit_key_changes_nothing() {
  "$root/backup/kit" new-key "$work/other.key" >/dev/null
  ! on_second backup/kit open "$work/kit.age" --key "$work/other.key" 2>"$work/said" || return
  cat "$work/said"
  grep -q 'the kit cannot be opened' "$work/said" || return
  [[ -z "$(on_second docker volume ls -q)" ]]
}

start_second() {
  local here="${DOCKER_HOST:-}" images
  mkdir -p "$second/tree" "$second/engine"
  (cd "$root" && cp -r backup ops docker-compose.yml VERSION "$second/tree/")
  [[ ! -d "$root/.tools" ]] || ln -s "$root/.tools" "$second/tree/.tools"
  mapfile -t images < <(compose --profile backup --profile drill config | awk '$1 == "image:" { print $2 }' | sort -u)
  docker save "${images[@]}" >"$second/images.tar" || return
  (
    unset DOCKER_HOST
    start_engine_apart "$second/engine" && in_second ip link set lo up && docker load <"$second/images.tar" && rm "$second/images.tar"
  ) || return
  [[ -z "$here" ]] || export DOCKER_HOST="$here"
}

# Without anybody switching files: what is written now is in both repositories within a minute.
wal_is_young() {
  local wal
  decide && date +%s >"$work/written" && wal="$(in_db 'select pg_walfile_name(pg_current_wal_lsn())')" &&
    (wait_for 60 "archiving of $wal" is_archived "$wal") && echo "$(($(date +%s) - $(<"$work/written")))" >"$work/archived"
}

# A minute after the last thing that was written.
lose_first() {
  local left="$(($(<"$work/written") + 60 - $(date +%s)))"
  ((left <= 0)) || sleep "$left"
  all_rows >"$work/before" && date +%s >"$work/lost" &&
    docker kill "$(running backup)" "$(running db)" && cp -a "$OFFSITE_DIR" "$second/offsite"
}

# shellcheck disable=SC2016 # for the shell over there
restores_on_second() {
  local started="$SECONDS"
  on_second backup/kit open "$work/kit.age" --key "$work/kit.key" &&
    on_second backup/restore latest --repository 2 &&
    on_second bash -c 'source ops/lib/common.sh; root=$PWD; source ops/lib/stack.sh; compose up -d --no-build' &&
    (wait_for 120 "the second machine" second_is_ready) && echo "$((SECONDS - started))" >"$work/rto" && (($(<"$work/rto") <= 120)) && note_mark
}

in_second() { nsenter --net --target "$(<"$second/engine/dockerd.pid")" -- "$@"; }
second_is_ready() { in_second curl -sfk https://localhost:38443/health/ready; }
second_db() { on_second docker ps -q --filter label=com.docker.compose.service=db; }

in_second_db() { on_second docker exec "$(second_db)" psql -XAtqc "$1"; }

has_exact_rows() { in_second_db "$rows_sql" >"$work/after" && diff "$work/before" "$work/after"; }

# The mark as it came over: the second machine's own backup service, which is not up yet, soon writes another.
note_mark() { in_second_db "select floor(extract(epoch from at)) from backup.sentinel" >"$work/mark"; }

rpo_is_small() { echo "RPO $(rpo) s" && (($(rpo) <= 60)); }
rpo() { echo "$(($(<"$work/lost") - $(<"$work/mark")))"; }

second_verifies_all() {
  on_second backup/backup full && on_second backup/drill --json >"$work/second-drill" &&
    jq -e --argjson receipts "$(sed -n 's/^receipt|\([0-9]*\)|.*/\1/p' "$work/before")" \
      '.ok and .verified.receipts.receipts == $receipts and $receipts > 0' "$work/second-drill"
}

settings_came_along() { diff "$ARAGORA_ENV_FILE" "$second/tree/.env"; }

keys_are_the_same() {
  local each
  for each in secrets-ca/. secrets-db/. app-data/keys; do
    hashes "$(project)_$each" >"$work/here" && on_second bash -c "$(declare -f hashes db_image_of); hashes second_$each" >"$work/there" &&
      [[ -s "$work/here" ]] && diff "$work/here" "$work/there" || return
  done
}

db_image_of() { docker ps -a --format '{{.Image}}' --filter label=com.docker.compose.service=db | head -n 1; }
# hashes VOLUME/FOLDER: of every file in it.
hashes() {
  docker run --rm --network none --user 0:0 -v "${1%/*}:/v:ro" "$(db_image_of)" bash -c "cd /v/${1##*/} && find . -type f | sort | xargs -r sha256sum"
}

second_machine() {
  prove B08 "a recovery kit is made" make_kit
  prove B08 "nothing can be read in it" kit_tells_nothing
  prove B08 "another machine has the images, and nothing else" start_second
  prove B08 "a kit does not open with another key" wrong_kit_key_changes_nothing
  check "the day's backup goes off-site" "$root/backup/backup" diff --repository 2
  prove B02 "WAL is archived within a minute, off-site too" wal_is_young
  prove B08 "the first machine is lost" lose_first
  prove B08 "the second takes over with kit and off-site repository" restores_on_second
  prove B08 "at most a minute is lost" rpo_is_small
  prove B08 "exact rows" has_exact_rows
  prove B08 "every receipt verifies there" second_verifies_all
  prove B09 "keys and certificates are the same" keys_are_the_same
  prove B09 "so are the settings" settings_came_along
  figures
  docker start "$(containers db)" "$(containers backup)" >/dev/null
}

figures() {
  printf 'measured: WAL archived after %s s; second machine: RPO %s s, RTO %s s, %s receipts\n' "$(<"$work/archived")" \
    "$(rpo)" "$(<"$work/rto")" "$(jq .verified.receipts.receipts "$work/second-drill")"
  jq -r '"measured: drill here: RPO \(.rpo_seconds) s, RTO \(.rto_seconds) s"' "$work/drill.json"
}

discard_second_machine() { discard_engine "$second/engine"; }
