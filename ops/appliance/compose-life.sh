#!/usr/bin/env bash
# How the stack starts (begins), and what it survives (lives). Needs inspect.sh first.

: "${root:?}" "${work:?}"

# A first start whose migration fails: the server must wait, and the next start goes on from there.
waits_for_the_schema() {
  printf 'services: {migrate: {command: ["migrate", "--no-such-option"]}}\n' >"$work/broken.yml"
  if stack -f "$root/docker-compose.yml" -f "$work/broken.yml" up -d >"$work/broken.log" 2>&1; then
    echo "up succeeded" && return 1
  fi
  [[ "$(told migrate '{{.State.ExitCode}}')" == 2 ]] && [[ "$(told app '{{.State.Status}}')" == created ]]
}

# The images of the other profiles need not be there.
starts_alone() {
  local started="$SECONDS"
  IMG_PROMETHEUS=no/such:1 IMG_ALERTMANAGER=no/such:1 IMG_POSTGRES_EXPORTER=no/such:1 IMG_GRAFANA=no/such:1 IMG_LLM=no/such:1 \
    told_well stack up -d || return
  all_well db app edge
  echo "healthy after $((SECONDS - started)) s"
  answers
}

# told_well COMMAND...: what it said is shown only when it failed.
told_well() { "$@" >"$work/told.log" 2>&1 || { cat "$work/told.log" && return 1; }; }

answers() { curl -sSfk -m 20 --resolve "localhost:$HTTPS_PORT:127.0.0.1" "https://localhost:$HTTPS_PORT/health/ready"; }

ids() { for service in $(services); do printf '%s %s\n' "$service" "$(containers "$service" | sort | paste -sd ' ')"; done; }

changes_nothing() {
  local before
  before="$(ids)"
  told_well stack --profile backup up -d || return
  diff <(echo "$before") <(ids) && all_well db app edge
}

public_root() { docker cp -L "$(one edge):/run/certificates/root.crt" - | tar -xO; }

keeps_everything() {
  local before
  before="$(public_root)"
  told_well stack --profile backup down --timeout 60 || return
  told_well stack --profile backup up -d || return
  all_well db app edge backup && answers && [[ "$(public_root)" == "$before" ]]
}

converges() {
  local before
  before="$(ids)"
  running | xargs docker kill --signal KILL >/dev/null
  told_well stack --profile backup up -d || return
  all_well db app edge backup && answers && diff <(echo "$before") <(ids)
}

stops_clean() {
  local started="$SECONDS"
  docker stop "$(one db)" >/dev/null
  ((SECONDS - started < 120)) && docker logs --tail 20 "$(one db)" 2>&1 | grep -q 'database system is shut down' &&
    docker start "$(one db)" >/dev/null && all_well db
}

# As ops/install runs it: what cannot be made again is there after `down -v`.
survives_down_v() {
  local volume
  discard_stack || return
  for volume in $(production_volumes); do docker volume create --label "com.docker.compose.project=$(project)" "$(project)_$volume" >/dev/null; done
  told_well production up -d db || return
  all_well db
  production down -v --timeout 20 >/dev/null 2>&1
  for volume in $(production_volumes); do docker volume inspect "$(project)_$volume" >/dev/null || return; done
  for volume in $(production_volumes); do docker volume rm "$(project)_$volume" >/dev/null || return; done
}

production() { stack -f "$root/docker-compose.yml" -f "$root/compose.production.yml" "$@"; }
production_volumes() { sed -nE 's/^  ([a-z-]+): \{external.*/\1/p' "$root/compose.production.yml"; }

begins() {
  check "C17 without a schema the server does not start" waits_for_the_schema
  check "C23 the core starts without the images of the profiles" starts_alone
  check "C23 the profile backup joins it" joins backup
}

joins() { told_well stack --profile "$1" up -d && all_well "$1"; }

lives() {
  check "C25 a second up changes nothing" changes_nothing
  check "C25 up after kill -9 of everything converges" converges
  check "C25 down and up keep everything" keeps_everything
  check "C19 the database stops clean and in time" stops_clean
  check "C21 data survives down -v in production" survives_down_v
}
