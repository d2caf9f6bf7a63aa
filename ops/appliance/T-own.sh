#!/usr/bin/env bash
# shellcheck disable=SC2154 # root, work and the project come from T.sh
# The checks of TLS that need no stack: ACME between two edges, a certificate of your own, what is spoken.
# Sourced by T.sh, with edge.sh.

# One edge is the authority, another gets its certificate from it by the way the internet's authorities go.
acme_setting() {
  local network="$project-acme" gateway
  docker network create "$network" >/dev/null && gateway="$(docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' "$network")" || return
  cat >"$work/authority.caddy" <<'TEXT'
{
	admin off
	skip_install_trust
	storage file_system /var/lib/caddy
}
http://:8082 {
	respond ok
}
https://authority.test:8443 {
	tls internal
	acme_server
}
TEXT
  chmod 644 "$work/authority.caddy"
  run_edge authority "$network" --network-alias authority.test --add-host "decide.test:$gateway" \
    -v "$work/authority.caddy:/etc/caddy/Caddyfile:ro" -v "$project-authority:/var/lib/caddy" || return
  mkdir -p "$work/extra-ca" && wait_for 20 "the authority's root" copy_authority_root
  chmod 755 "$work/extra-ca" && chmod 644 "$work/extra-ca/authority.crt"
  # The authority comes to ports 80 and 443, as an outside one would.
  run_edge acme "$network" -p "$gateway:80:8080" -p "$gateway:443:8443" -e TLS_MODE=acme -e ARAGORA_HOSTNAME=decide.test \
    -e ACME_EMAIL=ops@example.org -e ACME_CA=https://authority.test:8443/acme/local/directory \
    -v "$work/extra-ca:/run/extra-ca:ro" -v "$project-acme-data:/var/lib/caddy"
}

copy_authority_root() { docker cp "$project-authority:/var/lib/caddy/pki/authorities/local/root.crt" "$work/extra-ca/authority.crt"; }

acme_address() { printf '%s:8443' "$(address_of acme "$project-acme")"; }

acme_is_trusted() {
  openssl s_client -connect "$(acme_address)" -servername decide.test -CAfile "$work/extra-ca/authority.crt" \
    -verify_hostname decide.test -verify_return_error </dev/null >/dev/null 2>&1
}

acme_issues() { wait_for 60 "a certificate by ACME" acme_is_trusted; }

# The volume keeps it: a new container asks for nothing.
acme_survives_restart() {
  local before
  before="$(shown "$(acme_address)" decide.test | serial)" && docker restart "$project-acme" >/dev/null && edge_is_up "$project-acme" &&
    acme_issues && [[ "$(shown "$(acme_address)" decide.test | serial)" == "$before" ]]
}

byo_setting() {
  new_root own && new_leaf one own 60 DNS:decide.test && new_leaf two own 60 DNS:decide.test && new_leaf old own -1 DNS:decide.test &&
    export TLS_DIR="$work/byo/live" && "$root/tls/use" "$work/one.crt" "$work/one.key" --host decide.test --ca "$work/own.crt" &&
    run_edge byo bridge -e TLS_MODE=byo -e ARAGORA_HOSTNAME=decide.test -v "$TLS_DIR:/run/tls:ro"
}

byo_address() { printf '%s:8443' "$(address_of byo bridge)"; }
byo_shows() { [[ "$(shown "$(byo_address)" decide.test | serial)" == "$(serial <"$work/$1.crt")" ]]; }

# refused WORDS ARGUMENT...: tls/use says why, and what is shown stays.
refused() {
  ! "$root/tls/use" "${@:2}" --ca "$work/own.crt" >"$work/why" 2>&1 && grep -q "$1" "$work/why" && byo_shows one
}

byo_refuses() {
  refused "does not belong" "$work/one.crt" "$work/two.key" --host decide.test &&
    refused "not among its names" "$work/two.crt" "$work/two.key" --host other.test &&
    refused "expired on" "$work/old.crt" "$work/old.key" --host decide.test &&
    ! "$root/tls/use" "$work/two.crt" "$work/two.key" --host decide.test 2>"$work/why" && grep -q "does not lead to" "$work/why"
}

# A line that is open stays open; the next one gets the new certificate; nothing is started again.
byo_reloads() {
  local before after
  before="$(docker inspect -f '{{.Id}} {{.State.StartedAt}}' "$project-byo")"
  "$root/tls/use" "$work/two.crt" "$work/two.key" --host decide.test --ca "$work/own.crt" && byo_shows two || return
  after="$(docker inspect -f '{{.Id}} {{.State.StartedAt}}' "$project-byo")"
  [[ "$before" == "$after" ]]
}

handshake() { openssl s_client -connect "$(byo_address)" -servername decide.test -brief "$@" </dev/null >/dev/null 2>&1; }

speaks_only_modern() {
  handshake -tls1_2 && handshake -tls1_3 && ! handshake -tls1_1 -cipher 'ALL:@SECLEVEL=0' && ! handshake -tls1 -cipher 'ALL:@SECLEVEL=0' &&
    ! handshake -tls1_2 -cipher AES128-SHA && ! handshake -tls1_2 -cipher AES256-GCM-SHA384
}
