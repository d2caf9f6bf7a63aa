#!/usr/bin/env bash
# Shows the requirements of monitoring (G01-G07, T06, T08) on a running stack with the profile obs.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=ops/lib/common.sh
source "$root/ops/lib/common.sh"
# shellcheck source=ops/lib/stack.sh
source "$root/ops/lib/stack.sh"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/observe.sh
source "$root/ops/lib/observe.sh"

usage() {
  cat <<'TEXT'
usage: ops/appliance/G.sh

Starts the monitoring beside the stack of this project, which it starts where it does not run, and shows G01-G07.
Grafana itself is started only where its image is there; its dashboards are checked without it.
TEXT
}

# What one of our containers may take, in MiB; G07 allows 150 without Grafana.
memory_total() {
  local container all=0 used
  for container in $(monitoring); do
    used="$(docker stats --no-stream --format '{{.MemUsage}}' "$container" | awk '{
      value = $1; unit = $1; gsub(/[A-Za-z]/, "", value); gsub(/[0-9.]/, "", unit)
      printf "%d", unit == "GiB" ? value * 1024 : unit == "KiB" ? value / 1024 : value }')"
    printf '%s %d MiB\n' "$(service_of "$container")" "$used"
    all=$((all + used))
  done
  printf 'together %d MiB\n' "$all"
  ((all <= 150))
}

no_token_no_meters() {
  [[ "$(scrape_status)" == 401 ]] && [[ "$(scrape_status --header="Authorization: Bearer wrong")" == 401 ]]
}

targets_up() {
  local down
  down="$(query 'up == 0' | jq -r '.data.result[].metric.job')"
  [[ -z "$down" ]] || { printf 'down: %s\n' "$down" && return 1; }
  for job in aragora caddy edge postgresql node alertmanager prometheus; do
    query "up{job=\"$job\"} == 1" | jq -e '.data.result | length > 0' >/dev/null || { printf 'missing: %s\n' "$job" && return 1; }
  done
}

logs_are_json() {
  local lines
  # The line "ready on ..." is for the person who waits at a terminal.
  lines="$(docker logs "$(containers app | head -n 1)" 2>&1 | grep -v '^ready on ' | tail -n 300)"
  [[ -n "$lines" ]] || return
  jq -es 'all(has("time") and has("level")) and any(has("request_id"))' <<<"$lines" >/dev/null
}

logs_tell_no_secret() {
  local container secret
  for secret in $(monitoring_secrets); do
    for container in $(containers); do
      ! docker logs "$container" 2>&1 | grep -qF -- "$secret" || { printf 'in the log of %s\n' "$(service_of "$container")" && return 1; }
    done
  done
}

nobody_mounts_the_machine() {
  local container
  for container in $(monitoring); do
    docker inspect -f '{{json .Mounts}} {{json .HostConfig}}' "$container" | jq -es '
      (.[0] | all(.Source as $from | ["/", "/proc", "/sys", "/var/run/docker.sock", "/run/docker.sock"] | index($from) | not))
      and (.[1] | .PidMode == "" and .Privileged == false and .ReadonlyRootfs and .CapDrop == ["ALL"] and .NetworkMode != "host")' >/dev/null ||
      { service_of "$container" && return 1; }
  done
}

storage_is_capped() {
  query_path /api/v1/status/flags | jq -e '.data | .["storage.tsdb.retention.time"] == "15d" and .["storage.tsdb.retention.size"] == "2GiB"' >/dev/null
}

says_that_nobody_is_told() {
  docker logs "$(containers alertmanager)" 2>&1 | grep -q 'nobody is told' && query_path /api/v1/alertmanagers | jq -e '.data.activeAlertmanagers | length == 1' >/dev/null
}

main() {
  [[ "${1:-}" != --help ]] || { usage && exit; }
  (($# == 0)) || { usage >&2 && exit 2; }
  start_monitoring
  all_of panels rules memory_and_walls || true
  summary
}

panels() {
  check "G01 all targets are read" wait_for 120 "reading all targets" targets_up
  check "G01 every panel's expression is answered by the live Prometheus" every_expression_answers
  check "G01 dashboards are what their sources make" "$root/grafana/build" --check
  check "G01 the administrator's password is random, and in a file" admin_password_is_random
}

rules() {
  check "G02 rules are sound, and each alert fires when it should and not when it should not" "$root/grafana/test"
  check "G03 every alert has a severity, a summary and a runbook that exists" every_alert_has_its_page
  check "G04 storage is capped by time and size" storage_is_capped
  check "G04 without a receiver everything works, and it is said" says_that_nobody_is_told
  check "T08 the end of every certificate is known" certificates_are_known
}

memory_and_walls() {
  check "T06 without the token nobody reads the meters" no_token_no_meters
  check "G05 logs are JSON with a request id" logs_are_json
  check "G05 logs hold no secret" logs_tell_no_secret
  check "G06 exporters mount nothing of the machine and may do nothing" nobody_mounts_the_machine
  check "G07 the monitoring takes no more than 150 MiB" memory_total
}

main "$@"
