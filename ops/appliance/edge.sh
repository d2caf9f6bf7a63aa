#!/usr/bin/env bash
# Runs edges of their own beside a stack, with certificates made here: for the checks of TLS.

: "${root:?}" "${work:?}" "${project:?}"
edge_image="${IMG_EDGE:-aragora/edge:$(<"$root/VERSION")}"
# Hardened as in docker-compose.yml.
edge_options=(--detach --read-only --cap-drop ALL --security-opt no-new-privileges:true --user 10003:10003
  --tmpfs /tmp:size=16m --memory 192m)

# run_edge NAME NETWORK [DOCKER-OPTION...]: a container called $project-NAME.
run_edge() {
  local name="$project-$1" network="$2"
  docker rm --force --volumes "$name" >/dev/null 2>&1 || true
  docker run --name "$name" --label "aragora.test=$project" --network "$network" "${edge_options[@]}" "${@:3}" "$edge_image" >/dev/null &&
    edge_is_up "$name"
}

edge_is_up() {
  local end=$((SECONDS + 30))
  until docker exec "$1" /usr/bin/probe 8082 /health >/dev/null 2>&1; do
    if ((SECONDS >= end)); then docker logs --tail 5 "$1" && return 1; fi
    sleep 0.3
  done
}

discard_edges() {
  local mine
  mapfile -t mine < <(docker ps -aq --filter "label=aragora.test=$project")
  ((${#mine[@]} == 0)) || docker rm --force --volumes "${mine[@]}" >/dev/null
}

address_of() { docker inspect -f "{{(index .NetworkSettings.Networks \"$2\").IPAddress}}" "$project-$1"; }

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key" 2>/dev/null; }

# new_root NAME
new_root() {
  new_key "$1" && openssl req -new -x509 -key "$work/$1.key" -subj "/CN=$1" -days 3650 -out "$work/$1.crt" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=keyCertSign,cRLSign"
}

# new_leaf NAME ROOT DAYS NAMES
new_leaf() {
  new_key "$1" && openssl req -new -key "$work/$1.key" -subj "/CN=$1" -out "$work/$1.csr" &&
    openssl x509 -req -in "$work/$1.csr" -CA "$work/$2.crt" -CAkey "$work/$2.key" -CAcreateserial -days "$3" \
      -extfile <(printf 'subjectAltName=%s\n' "$4") -out "$work/$1.crt" 2>/dev/null
}

# shown ADDRESS HOST [OPTION...]: the certificate somebody gets there.
shown() { openssl s_client -connect "$1" -servername "$2" "${@:3}" </dev/null 2>/dev/null | openssl x509 2>/dev/null; }
serial() { openssl x509 -noout -serial; }
# Whole days between its beginning and its end.
days_of() {
  local from until
  read -r from until < <(openssl x509 -noout -startdate -enddate | sed 's/.*=//' | while read -r at; do date -d "$at" +%s; done | paste -sd ' ')
  printf '%d\n' $(((until - from + 43200) / 86400))
}
