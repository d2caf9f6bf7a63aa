#!/usr/bin/env bash
# What the Docker engine must be, and whether the ports the edge needs are free.

: "${root:?}" "${sys:?}"

# engine_says TEMPLATE: a field of docker info; a test may give the fields in files instead.
engine_says() {
  if [[ -n "${DOCTOR_ENGINE:-}" ]]; then cat "$DOCTOR_ENGINE/$1"; else docker info -f "{{.$1}}" 2>/dev/null; fi
}

check_engine() {
  local version driver
  if ! version="$(engine_says ServerVersion)" || [[ -z "$version" ]]; then
    finding engine.unreachable "${DOCKER_HOST:-/var/run/docker.sock}"
    return 1
  fi
  if at_least "$version" 20.10; then good "engine $version"; else finding engine.old "$version"; fi
  driver="$(engine_says Driver)"
  if [[ "$driver" == vfs ]]; then finding engine.vfs "$(engine_says DockerRootDir)"; else good "storage driver $driver"; fi
  check_engine_security "$(engine_says SecurityOptions)"
}

check_engine_security() {
  if [[ "$1" == *seccomp* && "$1" != *seccomp,profile=unconfined* ]]; then good "seccomp"; else finding engine.seccomp "$1"; fi
  [[ "$1" != *rootless* ]] || finding engine.rootless "$1"
  if [[ "$(cat "$sys/fs/selinux/enforce" 2>/dev/null)" == 1 ]]; then finding selinux.enforcing "$sys/fs/selinux/enforce"; fi
}

check_compose() {
  local version
  version="$(compose version --short 2>/dev/null | head -n 1)" || version=""
  version="${version#v}"
  if [[ -z "$version" ]]; then
    finding compose.missing "docker compose, docker-compose"
  elif at_least "$version" 1.29.2; then
    good "compose $version"
  else
    finding compose.old "$version"
  fi
}

check_engine_disk() {
  local folder
  folder="${DOCTOR_DISK:-$(engine_says DockerRootDir || true)}"
  if [[ -d "$folder" ]]; then check_space "$folder"; else check_space "$root"; fi
}

# Sizes as docker prints them, in MiB, rounded up.
mib() {
  awk '{ n = $1 + 0; u = $1; gsub(/[0-9.]/, "", u)
    f = u == "GB" ? 954 : u == "MB" ? 0.954 : u == "TB" ? 953674 : 0.001
    sum += n * f } END { print int(sum + 1) }'
}

check_upgrade_disk() {
  local folder free data
  folder="${DOCTOR_DISK:-$(engine_says DockerRootDir)}"
  [[ -d "$folder" ]] || folder="$root"
  free="$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')"
  data="$(docker system df -v --format '{{range .Volumes}}{{println .Name .Size}}{{end}}' | awk -v p="$(project)_pgdata" '$1 == p { print $2 }' | mib)"
  if ((free >= 3 * data)); then
    good "disk: $free MiB free for an upgrade of $data MiB"
  else
    finding disk.upgrade "$free MiB free, $((3 * data)) needed"
  fi
}

listens() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

check_ports() {
  local port address ours
  address="$(env_value BIND_ADDR 127.0.0.1)"
  [[ "$address" != 0.0.0.0 ]] || address=127.0.0.1
  ours="$(docker ps --filter "label=com.docker.compose.project=$(project)" \
    --filter label=com.docker.compose.service=edge --format '{{.Ports}}' 2>/dev/null || true)"
  for port in "$(env_value HTTPS_PORT 8443)" "$(env_value HTTP_PORT 8080)"; do
    if [[ "$ours" == *":$port->"* ]]; then
      good "port $port is held by our edge"
    elif listens "$address" "$port"; then
      finding port.taken "$address:$port"
    else
      good "port $port is free"
    fi
  done
}

# Only where people come from elsewhere is a name needed.
check_name() {
  local name address
  name="$(env_value ARAGORA_HOSTNAME localhost)"
  [[ "$name" != localhost && -z "$is_offline" ]] || return 0
  address="$(getent ahosts "$name" | awk 'NR == 1 { print $1 }')" || address=""
  if [[ -z "$address" ]]; then
    finding name.unknown "$name"
    return
  fi
  if ip -o addr 2>/dev/null | grep -qF " $address/"; then
    good "$name is $address, this machine"
  else
    finding name.elsewhere "$name is $address"
  fi
  if [[ -n "$(containers edge --filter status=running)" ]]; then
    curl -sSk -m 5 -o /dev/null "https://$name:$(env_value HTTPS_PORT 8443)/" 2>/dev/null ||
      finding name.unreachable "https://$name:$(env_value HTTPS_PORT 8443)/"
  fi
}
