#!/usr/bin/env bash
# Shows every requirement of tls/ (T01-T08): on a stack, and on edges beside it with certificates made here.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d /tmp/ara-t.XXXX)"
project=ara-t
export COMPOSE_PROJECT_NAME="${COMPOSE_PROJECT_NAME:-aragora-t}" ARAGORA_ENV_FILE="$work/env"
touch "$ARAGORA_ENV_FILE"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/appliance/inspect.sh
source "$root/ops/appliance/inspect.sh"
# shellcheck source=ops/appliance/edge.sh
source "$root/ops/appliance/edge.sh"
# shellcheck source=ops/appliance/T-own.sh
source "$root/ops/appliance/T-own.sh"
# shellcheck source=ops/appliance/T-stack.sh
source "$root/ops/appliance/T-stack.sh"

end() {
  discard_edges
  docker network rm "$project-acme" >/dev/null 2>&1 || say "no network $project-acme was there"
  docker volume rm "$project-authority" "$project-acme-data" >/dev/null 2>&1 || say "no volumes of $project were there"
  discard_stack || say "the stack could not be taken down"
  rm -rf "$work"
}

own_certificate() {
  check "T03 an edge serves a certificate of your own" byo_setting || return
  check "T03 a wrong key, name, time or chain is refused, and what was served stays" byo_refuses || return
  check "T03 a new one counts from the next connection on, without a restart" byo_reloads
  check "T04 TLS 1.2 and 1.3 with modern suites, and nothing older" speaks_only_modern
}

acme() {
  check "T02 an edge is the authority of another" acme_setting || return
  check "T02 a certificate comes by ACME" acme_issues || return
  check "T02 it is kept over a restart" acme_survives_restart
}

on_a_stack() {
  check "the stack comes up" stack_comes_up || return
  check "T01 https at the first start, by a root that is kept apart" https_from_the_start
  check "T01 the leaf lives 90 days, the intermediate 5 years, the root 10" lives_as_said
  check "T01 http answers with nothing but the way to https" http_only_redirects
  check "T01 no other name is answered, and no header of a stranger is believed" names_and_headers
  check "T04 HSTS is sent where it was asked for, and only there" hsts_is_a_choice
  check "T05 the database takes nobody by network without TLS and a certificate" database_refuses
  check "T05 pg_hba names nothing but local, and hostssl with cert" database_rules
  check "T06 metrics are not published, and need a token" metrics_are_inside
  check "T07 a model server of a private authority is called once its root is in the folder" private_authority
}

expiry() {
  check "T08 how long the certificate lasts is a metric, as it is" expiry_is_told
  check "T08 an alert is raised at 21 and at 7 days" expiry_alerts
}

main() {
  chmod 711 "$work"
  HTTPS_PORT="$(free_port)" HTTP_PORT="$(free_port)"
  export HTTPS_PORT HTTP_PORT
  trap end EXIT
  start_engine "${ENGINE_DIR:-$root/.tools/engine}"
  all_of own_certificate acme on_a_stack expiry || true
  summary
}

main "$@"
