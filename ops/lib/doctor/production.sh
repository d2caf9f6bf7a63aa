#!/usr/bin/env bash
# What production needs on top: backups that were tried, a kit, an address, volumes that survive.

: "${root:?}"

check_production() {
  [[ -n "$(containers db)" ]] || return 0
  check_backup
  if [[ ",$(env_value COMPOSE_FILE | tr : ,)," == *,compose.production.yml,* ]]; then
    good "data volumes are external"
  else
    finding production.volumes "COMPOSE_FILE does not name compose.production.yml"
  fi
  if [[ "$(env_value ARAGORA_PUBLIC_URL)" != https://* || "$(env_value ARAGORA_PUBLIC_URL)" == https://localhost* ]]; then
    finding production.url "$(env_value ARAGORA_PUBLIC_URL "it is not set")"
  fi
  [[ "$(env_value TLS_MODE internal)" != internal ]] || finding production.tls "TLS_MODE=internal"
  [[ -n "$(containers prometheus --filter status=running)" ]] || finding production.monitoring "no prometheus"
  check_kit
}

# The database image keeps the figures; what is not known is left out.
check_backup() {
  local figures
  figures="$(docker exec "$(containers db | head -n 1)" /opt/aragora/figures 2>/dev/null)" || figures=""
  check_age backup.none backup.old "$(awk '$1 == "last_backup_seconds" { print $2 }' <<<"$figures")" 26 "last backup"
  check_age drill.none drill.old "$(awk '$1 == "drill_good_seconds" { print $2 }' <<<"$figures")" $((8 * 24)) "last good drill"
  [[ "$figures" == *offsite_last_backup_seconds* ]] || finding production.offsite "no backup in a second repository"
}

# check_age NONE OLD SECONDS HOURS NAME
check_age() {
  local hours
  if [[ -z "$3" ]]; then
    finding "$1" "none yet"
    return
  fi
  hours=$((($(date +%s) - ${3%.*}) / 3600))
  if ((hours > $4)); then finding "$2" "$5 $hours h ago"; else good "$5 $hours h ago"; fi
}

check_kit() {
  local said
  if said="$("$root/backup/kit" check 2>&1)"; then
    good "${said%%$'\n'*}"
  else
    finding production.kit "$(tail -n 1 <<<"${said#error: }")"
  fi
}
