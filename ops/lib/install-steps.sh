#!/usr/bin/env bash
# The steps of ops/install, each of which leaves what is right already. Needs release.sh, roll.sh and steps.sh first.

: "${root:?}" "${state:?}" "${env_file:?}" "${times=}" "${kit_to=}"

preflight() {
  local arguments=()
  [[ -z "$release" ]] || arguments+=(--offline)
  fit "${arguments[@]}" || refuse "this machine is not fit (above): nothing was changed"
  [[ -z "$release" ]] || verify_release "$release"
}

write_settings() {
  [[ -f "$env_file" ]] || cp "$root/.env.example" "$env_file"
  chmod 600 "$env_file"
  # A folder that is renamed must not become another project without data.
  set_env COMPOSE_PROJECT_NAME "$(project)"
  [[ -n "$(env_value COMPOSE_FILE)" ]] || set_env COMPOSE_FILE docker-compose.yml:compose.production.yml
  [[ -z "$tls" ]] || set_env TLS_MODE "$tls"
  [[ -z "$profiles" && -n "$(env_value COMPOSE_PROFILES)" ]] || set_env COMPOSE_PROFILES "${profiles:-backup}"
  [[ -z "$name" ]] || write_name
  compose config -q
}

write_name() {
  local port
  set_env ARAGORA_HOSTNAME "$name"
  set_env BIND_ADDR "$(env_value BIND_ADDR 0.0.0.0)"
  port="$(env_value HTTPS_PORT 8443)"
  [[ -n "$(env_value ARAGORA_PUBLIC_URL)" ]] || set_env ARAGORA_PUBLIC_URL "https://$name$([[ "$port" == 443 ]] || echo ":$port")"
}

# From a release by its hashes, or built from this clone. What merely has our name in some registry is not taken.
get_images() {
  local missing=() reference
  if [[ -n "$release" ]]; then
    load_images "$release"
    use_images "$release/images.lock"
    cp "$release/images.lock" "$state/images.lock"
    return
  fi
  for reference in $(images); do
    image_id "$reference" >/dev/null || missing+=("$reference")
  done
  ((${#missing[@]} > 0)) || { say "all images are here" && return; }
  say "missing: ${missing[*]}"
  [[ -f "$root/server/Dockerfile" ]] || die "no source to build ${missing[*]} from: pass --offline FOLDER with the release"
  compose build
}

# The volumes that compose.production.yml calls external, by their names there.
external_volumes() {
  compose config | awk '
    /^[a-z]/ { inside = ($1 == "volumes:"); next }
    inside && /^  [^ ]/ { name = ""; external = 0 }
    inside && $1 == "external:" { external = ($2 == "true") }
    inside && $1 == "name:" { name = $2 }
    inside && external && name != "" { print name; external = 0 }'
}

make_volumes() {
  local volume
  for volume in $(external_volumes); do
    docker volume inspect "$volume" >/dev/null 2>&1 ||
      docker volume create --label "io.aragora.project=$(project)" "$volume"
  done
}

start_stack() {
  compose up -d --no-build
  each_healthy db app edge
}

# Encrypted to the operator's key, else to one made here, which then must leave this machine too. A kit that still
# holds every key is kept.
make_kit() {
  local folder="$state/kit"
  if "$root/backup/kit" check; then return; fi
  mkdir -p "$folder"
  if [[ -z "$kit_to" ]]; then
    [[ -f "$folder/kit.key" ]] || "$root/backup/kit" new-key "$folder/kit.key"
    kit_to="$(sed -n 's/^# public key: //p' "$folder/kit.key")"
  fi
  "$root/backup/kit" make --to "$kit_to" --out "$folder/kit-$(date -u +%Y%m%dT%H%M%SZ).age"
}

write_report() {
  jq -s --arg version "$(tree_version)" --arg machine "$(uname -srm), $(nproc) cores" \
    '{version: $version, machine: $machine, started: (first.started_ms / 1000 | todate),
      ended: (last.ended_ms / 1000 | todate), seconds: ((last.ended_ms - first.started_ms) / 1000), steps: .}' \
    "$times" >"$state/install-report.json"
}

# The link is for eyes only: it is not written to the log.
tell() {
  local url port link code
  port="$(env_value HTTPS_PORT 8443)"
  url="$(env_value ARAGORA_PUBLIC_URL "https://$(env_value ARAGORA_HOSTNAME localhost):$port")"
  printf '\naddress:       %s\n' "$url"
  link="$(aragora user first-admin 2>&1)" && code=0 || code=$?
  case "$code" in
    0) printf 'first person:  %s\n               (works once, for 24 hours; again: ops/install --yes)\n' "$(grep -E '^https?://' <<<"$link")" ;;
    1) printf 'first person:  is in already\n' ;;
    *) printf 'first person:  no link could be made (%s); again: ops/install --yes\n' "$(tail -n 1 <<<"$link")" ;;
  esac
  if [[ -n "$kit" ]]; then
    printf 'recovery kit:  %s\n' "$state/kit"
    printf '               (move it off this machine, and kit.key to another place: without them no backup can be read)\n'
  fi
  printf 'took:          %s s, of which each step: %s\n' "$(jq .seconds "$state/install-report.json")" "$state/install-report.json"
  printf 'next:          ops/status, and SELF_HOSTED.md\n'
}
