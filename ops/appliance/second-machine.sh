#!/usr/bin/env bash
# Another machine: an engine without a network that has the images, the off-site repository and the recovery kit only.

: "${root:?}" "${work:?}"
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
    start_engine_apart "$second/engine" && docker load <"$second/images.tar" && rm "$second/images.tar"
  ) || return
  [[ -z "$here" ]] || export DOCKER_HOST="$here"
}

# The last thing that is written before the first machine is lost, without anybody switching files.
lose_first() {
  decide >"$work/last" && sleep 60 && truth >"$work/before" && date +%s >"$work/lost" &&
    docker kill "$(running backup)" "$(running db)" && cp -a "$OFFSITE_DIR" "$second/offsite"
}

# Every receipt's bytes, every piece of evidence, in one hash each.
truth_sql="select 'receipt', count(*), md5(string_agg(payload_sha256 || md5(envelope), ',' order by receipt_id)) from receipt
  union all select 'evidence', count(*), md5(string_agg(sha256 || md5(body), ',' order by sha256)) from evidence"
truth() { docker exec "$(running db)" psql -XAtqc "$truth_sql"; }

# shellcheck disable=SC2016 # for the shell over there
restores_on_second() {
  local started="$SECONDS"
  on_second backup/kit open "$work/kit.age" --key "$work/kit.key" &&
    on_second backup/restore latest --repository 2 &&
    on_second bash -c 'source ops/lib/common.sh; root=$PWD; source ops/lib/stack.sh; compose --profile backup up -d --no-build' &&
    (wait_for 120 "the second machine" second_is_ready) && echo "RTO $((SECONDS - started)) s" && ((SECONDS - started <= 120))
}

in_second() { nsenter --net --target "$(<"$second/engine/dockerd.pid")" -- "$@"; }
second_is_ready() { in_second curl -sfk https://localhost:38443/health/ready; }
second_db() { on_second docker ps -q --filter label=com.docker.compose.service=db; }

has_exact_rows() {
  on_second docker exec "$(second_db)" psql -XAtqc "$truth_sql" >"$work/after" && diff "$work/before" "$work/after"
}

rpo_is_small() {
  local mark
  mark="$(on_second docker exec "$(second_db)" psql -XAtqc "select floor(extract(epoch from at)) from backup.sentinel")"
  echo "RPO $(($(<"$work/lost") - mark)) s" && (($(<"$work/lost") - mark <= 60))
}

second_verifies_all() { on_second backup/backup full && on_second backup/drill --json | jq -e '.ok and .verified.receipts.receipts > 0'; }

keys_are_the_same() {
  local each
  for each in secrets-ca secrets-db app-data; do
    diff <(hashes "$(project)_$each") <(on_second bash -c "$(declare -f hashes db_image_of); hashes second_$each") || return
  done
}

db_image_of() { docker ps -a --format '{{.Image}}' --filter label=com.docker.compose.service=db | head -n 1; }
hashes() {
  docker run --rm --network none --user 0:0 -v "$1:/v:ro" "$(db_image_of)" bash -c "cd /v && find . -type f ! -name '*-head*' | sort | xargs sha256sum"
}

second_machine() {
  prove B08 "a recovery kit is made" make_kit
  prove B08 "nothing can be read in it" kit_tells_nothing
  prove B08 "another machine has the images, and nothing else" start_second
  prove B08 "a kit does not open with another key" wrong_kit_key_changes_nothing
  check "the day's backup goes off-site" "$root/backup/backup" diff --repository 2
  prove B08 "the first machine is lost" lose_first
  prove B08 "the second takes over with kit and off-site repository" restores_on_second
  prove B08 "at most a minute is lost" rpo_is_small
  prove B08 "exact rows" has_exact_rows
  prove B08 "every receipt verifies there" second_verifies_all
  prove B09 "keys, certificates and evidence are the same" keys_are_the_same
  docker start "$(containers db)" "$(containers backup)" >/dev/null
}

discard_second_machine() { discard_engine "$second/engine"; }
