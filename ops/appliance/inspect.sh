#!/usr/bin/env bash
# A stack of its own to look at from outside, and ways to ask the same of every container. Needs checks.sh first.

: "${root:?}" "${work:?}"
# shellcheck source=ops/lib/common.sh
source "$root/ops/lib/common.sh"
# shellcheck source=ops/lib/stack.sh
source "$root/ops/lib/stack.sh"

# Settings of the machine it runs on, or of this folder's .env, must not decide what is looked at.
unset COMPOSE_PROFILES COMPOSE_FILE
stack() { compose --project-directory "$root" --env-file "$env_file" "$@"; }

discard_stack() {
  stack --profile obs --profile backup --profile drill --profile local-llm down -v --remove-orphans --timeout 20 \
    >"$work/down.log" 2>&1 || { cat "$work/down.log" >&2 && return 1; }
}

# A port nobody listens on now.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# one SERVICE: the id of its container. told SERVICE TEMPLATE: what inspect says of it.
one() { containers "$1" | head -n 1; }
told() { docker inspect -f "$2" "$(one "$1")"; }

services() { containers '' | while read -r id; do service_of "$id"; done | sort -u; }
running() { containers '' --filter status=running; }
everything() { containers ''; }

is_well() { [[ "$(health "$(one "$1")")" == healthy ]]; }
# In a shell of its own: what does not come ends the check, not the script.
all_well() (
  for service in "$@"; do wait_for 180 "$service healthy" is_well "$service"; done
)

# every TEMPLATE REGEX [LIST]: each container (or those that LIST prints) must say something that is all of it.
every() {
  local ids id said bad=0
  ids="$("${3:-everything}")"
  [[ -n "$ids" ]] || { echo "no containers" && return 1; }
  for id in $ids; do
    said="$(docker inspect -f "$1" "$id")"
    [[ "$said" =~ ^($2)$ ]] || { printf '%s: %s\n' "$(service_of "$id")" "$said" && bad=1; }
  done
  ((bad == 0))
}

# never TEMPLATE REGEX: no container may say anything in which it is found.
never() {
  local ids id said bad=0
  ids="$(everything)"
  [[ -n "$ids" ]] || { echo "no containers" && return 1; }
  for id in $ids; do
    said="$(docker inspect -f "$1" "$id")"
    [[ ! "$said" =~ $2 ]] || { printf '%s: %s\n' "$(service_of "$id")" "$said" && bad=1; }
  done
  ((bad == 0))
}

# absent PATTERN FILE...: in none of the files; a file that is missing is no proof.
absent() {
  local found=0
  grep -nE -e "$1" "${@:2}" || found=$?
  ((found == 1))
}

# in_volume USER VOLUME COMMAND...: in a throw-away container of the database's image, read-only, at /volume.
in_volume() {
  docker run --rm --network none --read-only --user "$1:$1" -v "$(project)_$2:/volume:ro,nocopy" --entrypoint "$3" \
    "$(told db '{{.Config.Image}}')" "${@:4}"
}
