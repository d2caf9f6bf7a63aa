#!/usr/bin/env bash
# What the backup commands share: where the volumes are, and a container of the database image that can do little.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=ops/lib/common.sh
source "$root/ops/lib/common.sh"
# shellcheck source=ops/lib/stack.sh
source "$root/ops/lib/stack.sh"

refuse() {
  printf 'error: %s\n' "$*" >&2
  exit 3
}

# usage_error WHAT: a command that is not understood.
usage_error() {
  printf 'error: %s (see %s --help)\n' "$*" "${0##*/}" >&2
  exit 2
}

# Prints the head of the script that calls it: the lines after the first two that begin with "# ".
help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

db_image() { env_value IMG_DB "aragora/db:$(tree_version)"; }

volume() { printf '%s_%s' "${2:-$(project)}" "$1"; }

volume_exists() { docker volume inspect "$1" >/dev/null 2>&1; }

require_engine() {
  require_command docker "install Docker and run this again"
  docker info >/dev/null 2>&1 || die "the Docker engine does not answer: is it running, and may you use it?"
  docker image inspect "$(db_image)" >/dev/null 2>&1 ||
    refuse "the image $(db_image) is not here: run docker compose build db, or load the release's images"
}

# Where the off-site repository is: a folder of this machine, or a volume.
offsite() { env_value OFFSITE_DIR "$(volume offsite "${1:-}")"; }

# The repositories and their keys of a project, for reading only.
repository_mounts() {
  printf -- '-v %s ' "$(volume pgbackup "$1"):/var/lib/pgbackrest:ro" "$(offsite "$1"):/var/lib/pgbackrest2:ro" \
    "$(volume secrets-db "$1"):/run/secrets:ro,nocopy"
}

writable() { printf '%s:size=%s,uid=10002,gid=10002,mode=0700,noexec,nosuid,nodev' "$1" "$2"; }

# one_off OPTION... -- COMMAND...: runs a command of the database image, without network or privilege.
one_off() {
  local options=()
  while [[ "$1" != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  # An engine refuses two mounts in one place.
  [[ " ${options[*]} " == *:/var/spool/pgbackrest* ]] || options+=(--tmpfs "$(writable /var/spool/pgbackrest 64m)")
  docker run --rm --init --read-only --cap-drop ALL --security-opt no-new-privileges --network none --pids-limit 200 \
    --memory 1g --memory-swap 1g --shm-size 128m --user 10002:10002 --log-driver none --no-healthcheck \
    --tmpfs "/tmp:size=64m,mode=1777,noexec,nosuid,nodev" --tmpfs "$(writable /run/postgresql 1m)" \
    "${options[@]}" "$(db_image)" "$@"
}

# running SERVICE: the id of its container, where it runs.
running() { containers "$1" --filter status=running | head -n 1; }

# in_service SERVICE COMMAND...: in the container of a service that must run.
in_service() {
  local id
  id="$(running "$1")"
  [[ -n "$id" ]] || refuse "the service $1 does not run: docker compose --profile backup up -d"
  docker exec "$id" "${@:2}"
}

# make_volume NAME [PROJECT]: as compose would make it, so that compose takes it for its own.
make_volume() {
  local project="${2:-$(project)}"
  volume_exists "${project}_$1" || docker volume create --label "com.docker.compose.project=$project" \
    --label "com.docker.compose.volume=$1" "${project}_$1" >/dev/null
}
