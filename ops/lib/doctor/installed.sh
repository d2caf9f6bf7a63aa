#!/usr/bin/env bash
# What the installed stack must be: settings, secrets, certificates, containers, images.

: "${root:?}" "${env_file:?}"

check_settings_file() {
  [[ -f "$env_file" ]] || return 0
  if [[ -n "$(find "$env_file" -perm /022)" ]]; then finding settings.writable "$env_file"; else good ".env belongs to its owner"; fi
}

# Judged by the program itself, where its image is here.
check_settings() {
  local said code=0
  [[ -f "$env_file" ]] || return 0
  said="$("$root/ops/config" --file "$env_file" check 2>&1)" || code=$?
  case "$code" in
    0) good "settings in .env" ;;
    1) finding settings.bad "$(head -n 3 <<<"$said" | paste -sd ' ')" ;;
    *) good "settings not looked at: no image is here yet" ;;
  esac
}

# volume_folder NAME: where the engine keeps it, if this user may look.
volume_folder() {
  local folder
  folder="$(docker volume inspect -f '{{.Mountpoint}}' "$(project)_$1" 2>/dev/null)" && [[ -r "$folder" ]] && printf '%s\n' "$folder"
}

secret_volumes() {
  docker volume ls -q --filter "name=^$(project)_secrets-" | sed "s/^$(project)_//"
}

check_secrets() {
  local volume folder file
  for volume in $(secret_volumes); do
    if ! folder="$(volume_folder "$volume")"; then
      finding secrets.unseen "$volume"
      continue
    fi
    [[ -n "$(find "$folder" -type f -print -quit)" ]] || finding secrets.missing "$volume"
    while read -r file; do finding secrets.empty "$volume: ${file#"$folder/"}"; done < <(find "$folder" -type f -empty)
    while read -r file; do
      finding secrets.open "$volume: ${file#"$folder/"} $(stat -c '%a' "$file")"
    done < <(find "$folder" -type f -perm /077)
    check_certificates "$folder" "$volume"
  done
  if folder="$(volume_folder certificates)"; then check_certificates "$folder" certificates; fi
}

# check_certificates FOLDER NAME
check_certificates() {
  local file
  while read -r file; do check_certificate "$file" "$2: ${file#"$1/"}"; done < <(find "$1" -type f \( -name '*.crt' -o -name '*.pem' \))
}

check_certificate() {
  local ends
  ends="$(openssl x509 -in "$1" -noout -enddate 2>/dev/null)" || return 0
  ends="${ends#notAfter=}"
  if ! openssl x509 -in "$1" -noout -checkend 0 >/dev/null; then
    finding cert.expired "$2 on $ends"
  elif ! openssl x509 -in "$1" -noout -checkend $((14 * 86400)) >/dev/null; then
    finding cert.soon "$2 on $ends"
  else
    good "certificate $2 until $ends"
  fi
}

# What people are shown, not what lies in a file.
check_served_certificate() {
  local shown address
  [[ -n "$(containers edge --filter status=running)" ]] || return 0
  address="$(env_value BIND_ADDR 127.0.0.1)"
  [[ "$address" != 0.0.0.0 ]] || address=127.0.0.1
  shown="$(mktemp)"
  timeout 5 openssl s_client -connect "$address:$(env_value HTTPS_PORT 8443)" \
    -servername "$(env_value ARAGORA_HOSTNAME localhost)" </dev/null 2>/dev/null >"$shown" || true
  check_certificate "$shown" "what the edge shows"
  rm -f "$shown"
}

check_containers() {
  local id service state
  [[ -n "$(containers)" ]] || return 0
  for service in db app edge; do
    [[ -n "$(containers "$service")" ]] || finding service.missing "$service"
  done
  for id in $(containers); do
    service="$(service_of "$id")"
    state="$(health "$id")"
    [[ "$(docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' "$id")" != unless-stopped || "$state" == healthy || "$state" == running ]] ||
      finding service.unwell "$service is $state"
    [[ "$(docker inspect -f '{{.State.OOMKilled}}' "$id")" != true ]] || finding service.oom "$service"
    if docker inspect -f '{{range .Mounts}}{{println .Name}}{{end}}' "$id" | grep -qE '^[0-9a-f]{64}$'; then finding volume.anonymous "$service"; fi
    check_published "$id" "$service"
  done
  good "containers looked at: $(containers | wc -l)"
}

check_published() {
  local port address
  while read -r port address; do
    [[ -n "$port" ]] || continue
    if [[ "$2" != edge ]]; then
      finding port.published "$2 $port"
    elif [[ "${address:-0.0.0.0}" != "$(env_value BIND_ADDR 127.0.0.1)" ]]; then
      finding port.open "$port on ${address:-0.0.0.0}"
    fi
  done < <(docker inspect -f '{{range $p, $b := .HostConfig.PortBindings}}{{range $b}}{{$p}} {{.HostIp}}{{println}}{{end}}{{end}}' "$1")
}

# The catalog's own question; no table of ours is read.
check_collation() {
  local id
  id="$(containers db --filter health=healthy | head -n 1)"
  [[ -n "$id" ]] || return 0
  if [[ "$(docker exec "$id" psql -h /run/postgresql -U postgres -d aragora -XAtqc \
    "select count(*) from pg_database where datcollversion <> pg_database_collation_actual_version(oid)")" != 0 ]]; then
    finding collation.changed "$(docker exec "$id" psql -V)"
  else
    good "collation is the one the database was built with"
  fi
}

check_images() {
  local variable reference id here
  [[ -f "$state/images.lock" ]] || return 0
  while read -r variable reference id; do
    here="$(image_id "$(env_value "$variable" "$reference")")" || here=missing
    [[ "$here" == "$id" ]] || finding image.changed "$variable is $here"
  done <"$state/images.lock"
}

check_upgrade_ended() {
  [[ ! -f "$state/undo/open" ]] || finding upgrade.unfinished "to $(cat "$state/undo/to"), in step $(cat "$state/undo/open")"
}
