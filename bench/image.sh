#!/usr/bin/env bash
# Measures the images: their sizes, how soon a container of the server is ready, what it holds when idle.
# Needs base-images.sh (an engine that answers, images that are built) and prints one line of JSON.

: "${root:?}"

image_net="aragora-bench-$$"

bench_image() { printf 'aragora/%s:%s\n' "$1" "$(<"$root/VERSION")"; }

# A PostgreSQL of the db image without its keys: only this bench's network reaches it, and it is thrown away.
start_bench_database() {
  docker network create --internal "$image_net" >/dev/null
  docker run -d --name "$image_net-db" --network "$image_net" --network-alias db --tmpfs /run/postgresql:uid=10002 \
    --entrypoint /bin/bash "$(bench_image db)" -c 'set -e; bin=$(ls -d /usr/lib/postgresql/*/bin); data=/tmp/data
      $bin/initdb -D $data -A trust -U postgres >/dev/null; echo "host all all all trust" >>$data/pg_hba.conf
      exec $bin/postgres -D $data -c listen_addresses=* -c unix_socket_directories=/tmp -c jit=off' >/dev/null
  wait_for 120 "the database's start" docker exec "$image_net-db" psql -h 127.0.0.1 -U postgres -d postgres -c 'select 1'
  docker exec "$image_net-db" psql -q -h 127.0.0.1 -U postgres -d postgres -c "create role aragora_owner login" \
    -c "create role aragora_app login" -c "create database aragora owner aragora_owner"
  docker run --rm --network "$image_net" -e "ARAGORA_DATABASE_URL=$image_database" "$(bench_image app)" migrate >/dev/null
}

image_database="jdbc:postgresql://db:5432/aragora"

stop_bench_database() {
  docker rm -fv "$image_net-app" "$image_net-db" >/dev/null 2>&1 || say "nothing of the bench was left to remove"
  docker volume rm "$image_net-data" >/dev/null
  docker network rm "$image_net" >/dev/null
}

# start_once: sets ready (ms from docker start to the first 200) and idle (MB after 5 s).
start_once() {
  local began address
  docker create --name "$image_net-app" --network "$image_net" --read-only --tmpfs /tmp -v "$image_net-data:/var/lib/aragora" --memory 1g --memory-swap 1g \
    -e "ARAGORA_DATABASE_URL=$image_database" "$(bench_image app)" >/dev/null
  began="$(date +%s%3N)"
  docker start "$image_net-app" >/dev/null
  address="$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$image_net-app")"
  until curl -sf -o /dev/null --max-time 1 "http://$address:8080/health/ready"; do
    (($(date +%s%3N) - began < 120000)) || die "the server was not ready within 120 s: $(docker logs --tail 3 "$image_net-app" 2>&1)"
    sleep 0.01
  done
  ready="$(($(date +%s%3N) - began))"
  sleep 5
  idle="$(docker stats --no-stream --format '{{.MemUsage}}' "$image_net-app" | sed -E 's/MiB.*//; s/GiB.*/*1024/' | bc)"
  docker rm -fv "$image_net-app" >/dev/null
}

image_bench() {
  local runs=5 ready idle readies=() idles=() name sizes=()
  # In the subshell of bench/run that reads what this prints, so the trap is its own.
  trap stop_bench_database EXIT
  start_bench_database
  start_once # a warm-up: the files get into memory
  for (( ; runs > 0; runs--)); do
    start_once
    readies+=("$ready") idles+=("$idle")
  done
  for name in app db edge; do
    sizes+=("$name" "$(docker image inspect -f '{{.Size}}' "$(bench_image "$name")")")
  done
  trap - EXIT
  stop_bench_database
  jq -cn --args -f "$root/bench/image.jq" --arg readies "${readies[*]}" --arg idles "${idles[*]}" -- "${sizes[@]}"
}
