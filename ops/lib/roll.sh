#!/usr/bin/env bash
# Replaces containers without a gap: the new one is healthy before the old one goes. Needs stack.sh and steps.sh first.

# How long a service may take to become healthy; a slow machine is given more.
patience="${OPS_PATIENCE_SECONDS:-180}"

# up SERVICE...: brings services to what compose says now; what is unchanged keeps running.
up() { compose up -d --no-deps --no-build "$@"; }

replicas() { containers app --filter status=running; }

# roll_app COUNT: one replica more, then one old less, until none of the old is left and COUNT are there.
roll_app() {
  local old new before
  mapfile -t before < <(replicas)
  for old in "${before[@]}"; do
    compose up -d --no-deps --no-build --no-recreate --scale app=$(($(replicas | wc -l) + 1)) app
    for new in $(containers app); do
      [[ " ${before[*]} " == *" $new "* ]] || wait_healthy "$patience" "$new"
    done
    retire "$old"
  done
  for new in $(replicas | tail -n "+$(($1 + 1))"); do retire "$new"; done
  if (($(replicas | wc -l) < $1)); then
    compose up -d --no-deps --no-build --no-recreate --scale "app=$1" app
    each_healthy app
  fi
}

# retire CONTAINER: asked to stop, it tells the edge first, drains and ends.
retire() {
  docker stop -t 60 "$1" >/dev/null
  docker rm "$1" >/dev/null
}

# each_healthy SERVICE...
each_healthy() {
  local service id
  for service in "$@"; do
    for id in $(containers "$service"); do wait_healthy "$patience" "$id"; done
  done
}

# running_services: what of the appliance runs, without the app and the jobs that end.
running_services() {
  local id
  for id in $(containers "" --filter status=running); do
    [[ "$(docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' "$id")" != unless-stopped ]] || service_of "$id"
  done | sort -u | grep -vx app || true
}

# roll_all COUNT: the database first, a new program may need it; then the app without a gap, then what stands around it.
roll_all() {
  local services
  mapfile -t services < <(running_services | grep -vx db)
  up db
  each_healthy db
  roll_app "$1"
  ((${#services[@]} == 0)) || up "${services[@]}"
  each_healthy "${services[@]}"
}
