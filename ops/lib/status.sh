#!/usr/bin/env bash
# Gathers how the stack stands as one JSON object; what it means is in status.jq. Needs stack.sh.

: "${root:?}"

# rule EXPRESSION: applies one of status.jq to the facts on standard input.
rule() {
  local facts
  facts="$(cat)"
  jq -r --slurpfile facts <(printf '%s' "$facts") -L "$root/ops/lib" "$1" <<<"$facts"
}

judge() { rule 'include "status"; judged'; }
screen() { rule 'include "status"; screen'; }

gather() {
  local edge all
  edge="$(containers edge | head -n 1)"
  [[ -n "$edge" ]] || { say "no stack runs here: docker compose up -d --wait" && exit 3; }
  mapfile -t all < <(containers)
  jq -n --argjson services "$(services "${all[@]}")" --argjson certificates "$(certificates "$edge")" \
    --argjson ready "$(ready)" --argjson backup "$(backups)" --argjson disk "$(disk)" --arg version "$(<"$root/VERSION")" \
    --arg url "$(address)" '{at: (now | floor), version: $version, url: (if $url == "" then null else $url end),
      services: $services, ready: $ready, certificates: $certificates, backup: $backup, disk: $disk}'
}

# Whoever is not started again after an end is a job.
services() {
  docker inspect "$@" | jq '[.[] | {name: .Config.Labels["com.docker.compose.service"], image: .Config.Image,
    job: (.HostConfig.RestartPolicy.Name == "no" or .HostConfig.RestartPolicy.Name == ""), state: .State.Status,
    exit_code: .State.ExitCode, health: (.State.Health.Status // null), restarts: .RestartCount,
    since: (.State.StartedAt | sub("\\.[0-9]+"; "") | fromdate? // 0)}]'
}

address() {
  local published host
  published="$(compose port edge 8443 2>/dev/null)" || published=""
  host="$(env_value ARAGORA_HOSTNAME localhost)"
  [[ -z "$published" ]] || printf 'https://%s:%s' "$host" "${published##*:}"
}

# Asked through the edge, as everybody's requests come.
ready() {
  local url published said
  url="$(address)" && published="$(compose port edge 8443 2>/dev/null)" || published=""
  if [[ -z "$published" ]]; then
    jq -n '{ok: true, detail: "TLS ends in front of this stack: see the health of app"}'
  elif said="$(curl -sS --max-time 10 --insecure --connect-to "::${published/0.0.0.0/127.0.0.1}" "$url/health/ready" 2>&1)"; then
    jq -Rs '(fromjson? // {}) | {ok: ((.status // "") | ascii_downcase == "up"),
      detail: ([.checks[]? | select((.status | ascii_downcase) != "up") | "\(.name): \(.detail)"] | join("; "))}' <<<"$said"
  else
    jq -n --arg said "$said" '{ok: false, detail: $said}'
  fi
}

# NAME<tab>PEM lines: what the edge shows, and what the appliance made for itself.
certificates() {
  local edge="$1" name published
  {
    published="$(compose port edge 8443 2>/dev/null)" || published=""
    [[ -z "$published" ]] || ends web "$(openssl s_client -connect "${published/0.0.0.0/127.0.0.1}" -servername "$(address | sed -E 's|https://([^:]+).*|\1|')" </dev/null 2>/dev/null)"
    for name in edge root db app owner obs db-ca; do
      ends "$name" "$(docker cp -L "$edge:/run/certificates/$name.crt" - 2>/dev/null | tar -xO 2>/dev/null)"
    done
  } | jq -Rn '[inputs | split("\t") | {name: .[0], until: (.[1] | tonumber)}]'
}

ends() {
  local until
  until="$(openssl x509 -noout -enddate <<<"$2" 2>/dev/null | cut -d= -f2)"
  [[ -z "$until" ]] || printf '%s\t%s\n' "$1" "$(date -d "$until" +%s)"
}

# The figures of the backup service, or null where none runs.
backups() {
  local told
  if told="$(compose exec -T backup /opt/aragora/figures 2>/dev/null)"; then
    jq -Rn '[inputs | split(" ") | {(.[0]): (.[1] | tonumber)}] | add // {}' <<<"$told"
  else
    printf null
  fi
}

# How full the disk of the data is, and, by what the backups say of the past, when it is full.
disk() {
  local room info
  room="$(compose exec -T db df -B1 --output=size,avail /var/lib/postgresql/data 2>/dev/null | tail -n 1 | tr -d '\r')" || room=""
  info="$(compose exec -T backup pgbackrest --stanza=main --config-include-path=/run/secrets --output=json info 2>/dev/null)" || info="[]"
  jq -n --arg room "$room" --argjson info "${info:-[]}" '($room | [scan("[0-9]+") | tonumber]) as $room
    | ([$info[0].backup[]? | {at: .timestamp.stop, bytes: (.info.size + .info.repository.size)}] | sort_by(.at)) as $past
    | {total: $room[0], free: $room[1], days_left:
        (if ($past | length) < 2 or $past[-1].at - $past[0].at < 172800 then null
         else (($past[-1].bytes - $past[0].bytes) / ($past[-1].at - $past[0].at) * 86400) as $growth
           | if $growth <= 0 then 1e6 else $room[1] / $growth end end)}'
}
