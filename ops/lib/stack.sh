#!/usr/bin/env bash
# What all commands of the appliance know about its containers: settings, names, health. Needs common.sh first.

: "${root:?}"
# shellcheck source=ops/lib/compose.sh
source "$root/ops/lib/compose.sh"
env_file="${ARAGORA_ENV_FILE:-$root/.env}"

# env_value NAME [DEFAULT]: from the environment, else from .env as compose reads it, else the default.
env_value() {
  local line value
  if [[ -n "${!1:-}" ]]; then
    printf '%s\n' "${!1}"
    return
  fi
  line="$(grep -E "^$1=" "$env_file" 2>/dev/null | tail -n 1 || true)"
  value="${line#*=}"
  value="${value%$'\r'}"
  case "$value" in
    \"*\" | \'*\') value="${value:1:-1}" ;;
  esac
  printf '%s\n' "${value:-${2:-}}"
}

# set_env NAME VALUE: changes or adds one line of .env; every other line stays as it is.
set_env() {
  local new
  [[ "$2" =~ ^[A-Za-z0-9._:/@+,-]*$ ]] || die "$1 would need quotes in .env: $2. Write it there yourself"
  new="$(mktemp "$env_file.XXXXXX")"
  [[ ! -f "$env_file" ]] || cat "$env_file" >"$new"
  if grep -qE "^$1=" "$new"; then
    sed -i -E "s|^$1=.*|$1=$2|" "$new"
  else
    printf '%s=%s\n' "$1" "$2" >>"$new"
  fi
  chmod 600 "$new"
  mv -f "$new" "$env_file"
}

# The project's name, by compose's own rule.
project() {
  env_value COMPOSE_PROJECT_NAME "$(basename "$root")" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9_-'
}

# containers [SERVICE] [FILTER...]: ids of this project's containers, but those that somebody runs a command in by hand.
containers() {
  local filters=(--filter "label=com.docker.compose.project=$(project)" --filter label=com.docker.compose.oneoff=False)
  [[ -z "${1:-}" ]] || filters+=(--filter "label=com.docker.compose.service=$1")
  (($# < 2)) || filters+=("${@:2}")
  docker ps -aq "${filters[@]}"
}

service_of() { docker inspect -f '{{index .Config.Labels "com.docker.compose.service"}}' "$1"; }

# health CONTAINER: healthy, starting, unhealthy; or its state where it has no check of its own.
health() { docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$1" 2>/dev/null; }

is_healthy() { [[ "$(health "$1")" == healthy ]]; }

# is_living CONTAINER: it runs, and was not started again and again.
is_living() {
  local state
  state="$(docker inspect -f '{{.State.Status}} {{.RestartCount}}' "$1" 2>/dev/null)" || return
  [[ "${state% *}" =~ ^(created|running|restarting)$ ]] && ((${state#* } < 3))
}

# wait_healthy SECONDS CONTAINER: fails at once when it ended, with what it said.
wait_healthy() {
  local end=$((SECONDS + $1))
  until is_healthy "$2"; do
    if ((SECONDS >= end)) || ! is_living "$2"; then
      docker logs --tail 15 "$2" >&2 || say "container $2 is gone"
      die "$(service_of "$2") is not healthy: $(health "$2")"
    fi
    sleep 0.5
  done
}

# aragora VERB...: the appliance's own command line, in a container with the app's volumes.
aragora() { compose run --rm --no-deps -T app "$@"; }

version_in() { tr -d '[:space:]' <"$1/VERSION"; }
# The version of what stands in this folder.
tree_version() { version_in "$root"; }
image_label() { docker image inspect -f "{{index .Config.Labels \"$2\"}}" "$1" 2>/dev/null; }
image_id() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null; }

# The images compose would use, one a line, in order.
images() { compose config 2>/dev/null | awk '$1 == "image:" { print $2 }' | sort -u; }
