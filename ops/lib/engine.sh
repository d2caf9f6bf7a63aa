#!/usr/bin/env bash
# Gives a Docker engine: the one that answers already, else one of its own whose data stays in a folder.

# shellcheck source=ops/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

engine_answers() { timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# dockerd_runs FOLDER: whether the engine that start_own_engine left in FOLDER lives; a reused process id is not it.
dockerd_runs() {
  local pid
  pid="$(cat "$1/dockerd.pid" 2>/dev/null)" || return 1
  [[ -r "/proc/$pid/cmdline" ]] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "--data-root $1/data "
}

require_docker() {
  local missing=()
  command -v dockerd >/dev/null 2>&1 || missing+=(docker.io)
  command -v iptables >/dev/null 2>&1 || missing+=(iptables)
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

# start_engine FOLDER: leaves DOCKER_HOST pointing at an engine; starts one in FOLDER only if none answers.
start_engine() {
  if command -v docker >/dev/null 2>&1 && engine_answers; then return; fi
  start_own_engine "$1"
}

# start_own_engine FOLDER [COMMAND...]: an engine of its own, whatever else runs; COMMAND is put before it.
start_own_engine() {
  local folder before=()
  folder="$(realpath -m -- "$1")"
  before=("${@:2}")
  [[ "$(id -u)" == 0 ]] ||
    die "no Docker engine answers: start Docker, or set DOCKER_HOST (as root one is started for you)"
  # The engine's own sockets lie below it, and the kernel allows them 107 characters.
  ((${#folder} <= 60)) || die "the name of $folder is too long for an engine's sockets: choose a shorter one"
  require_docker
  export DOCKER_HOST="unix://$folder/docker.sock"
  if dockerd_runs "$folder"; then return; fi
  mkdir -p "$folder"
  # Files of an engine that was killed would stop this one.
  rm -rf "$folder/run" "$folder/dockerd.pid" "$folder/docker.sock"
  # Detached, with no descriptor of ours: it outlives the script that started it.
  (
    cd / && exec setsid "${before[@]}" dockerd --data-root "$folder/data" --exec-root "$folder/run" \
      --pidfile "$folder/dockerd.pid" --host "$DOCKER_HOST"
  ) </dev/null >>"$folder/dockerd.log" 2>&1 3>&- 4>&- &
  wait_for_engine "$folder" "$!"
}

wait_for_engine() {
  local end=$((SECONDS + 60))
  until engine_answers; do
    if ((SECONDS >= end)) || ! kill -0 "$2" 2>/dev/null; then
      tail -n 5 "$1/dockerd.log" >&2
      die "the Docker engine did not start; all it said is in $1/dockerd.log"
    fi
    sleep 0.5
  done
}

# start_engine_apart FOLDER: one in a network of its own with no way out: another machine, or an air gap.
start_engine_apart() {
  start_own_engine "$1" unshare --net --mount --propagation private
}

# stop_engine FOLDER: stops the engine that was started there, with its containers; any other is left alone.
stop_engine() {
  local folder pid end=$((SECONDS + 60))
  folder="$(realpath -m -- "$1")"
  dockerd_runs "$folder" || return 0
  pid="$(<"$folder/dockerd.pid")"
  kill "$pid"
  while [[ -d "/proc/$pid" ]]; do
    ((SECONDS < end)) || die "the Docker engine (process $pid) does not stop; see $folder/dockerd.log"
    sleep 0.2
  done
}

# discard_engine FOLDER: stops it and deletes all it had.
discard_engine() {
  local folder
  folder="$(realpath -m -- "$1")"
  [[ -d "$folder/data" ]] || return 0
  stop_engine "$folder"
  rm -rf -- "$folder"
}
