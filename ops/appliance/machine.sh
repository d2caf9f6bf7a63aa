#!/usr/bin/env bash
# A machine of its own for a test: an engine without a network, and an installation from a bundle on it.

: "${root:?}"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/lib/stack.sh
source "$root/ops/lib/stack.sh"

# Short, because sockets lie below it.
machine="$(mktemp -d /tmp/ara.XXXX)"
home="$machine/home"
# The engine may be shared: .env.example has one name for all.
COMPOSE_PROJECT_NAME="$(basename "$machine" | tr -cd a-z0-9)"
export COMPOSE_PROJECT_NAME
question='{"question":"Does it go on?","options":[{"id":"yes","label":"Yes"},{"id":"no","label":"No"}],"seed":7,
  "panel":[{"model":"rehearsal-1"},{"model":"rehearsal-2"},{"model":"rehearsal-3"}]}'

# here COMMAND...: on that machine, in the folder of its installation.
here() {
  (cd "$home" && nsenter --net --target "$(<"$machine/engine/dockerd.pid")" -- env DOCKER_HOST="$DOCKER_HOST" "$@")
}

# make_bundle: from the images this engine has; the publisher's key stays in the test's folder.
make_bundle() {
  "$root/ops/bundle" keygen "$machine/key" &&
    "$root/ops/bundle" create "$machine/release" --key "$machine/key"
}

make_machine() {
  unset DOCKER_HOST
  mkdir -p "$home/.tools" && start_engine_apart "$machine/engine" &&
    here ip link set lo up && tar -xzf "$machine/release/tree.tar.gz" -C "$home" && bring_compose
}

# The machine has no network to install Compose from: it gets the one that is here.
bring_compose() {
  find_compose
  [[ ! -d "$root/.tools/compose" ]] || cp -r "$root/.tools/compose" "$home/.tools/"
}

# become_caller: a workspace without people, and a key to it for whoever asks during a test.
become_caller() {
  here bash -c 'source ops/lib/compose.sh && compose run --rm --no-deps -T app workspace make load --hours 3 --json' >"$machine/made" &&
    jq -er .workspace_id "$machine/made" >"$machine/workspace" &&
    jq -er '"Authorization: Bearer \(.key)"' "$machine/made" >"$machine/caller"
}

# ask NUMBER: one request as a client makes it; prints the answer's status, 000 where there was none.
ask() {
  local url="https://localhost:$HTTPS_PORT/api/v1" request=()
  if (($1 % 10 == 0)); then
    request=(-H 'Content-Type: application/json' -d "$question" "$url/debates")
  else
    request=("$url/receipts")
  fi
  here curl -sSk -m 30 -o /dev/null -w '%{http_code}' -H "@$machine/caller" "${request[@]}" || [[ $? -lt 100 ]]
}

# asks PID MOST: asks the installation as a client does until that process ends; fails when more than MOST requests met
# a gap (no answer, or 5xx), and when one was refused for what it is, which is a fault of the test or of the version.
asks() {
  local asked=0 gaps=0 wrong=0 code
  : >"$machine/codes"
  while kill -0 "$1" 2>/dev/null; do
    asked=$((asked + 1))
    code="$(ask "$asked")"
    echo "$code" >>"$machine/codes"
    case "$code" in
      2??) ;;
      000 | 5??) gaps=$((gaps + 1)) ;;
      *) wrong=$((wrong + 1)) ;;
    esac
    sleep 0.2
  done
  echo "asked $asked times, $gaps met a gap, $wrong were refused: $(sort "$machine/codes" | uniq -c | awk '{ printf "%s x %s  ", $2, $1 }')"
  ((asked > 10 && gaps <= $2 && wrong == 0))
}

discard_machine() {
  discard_engine "$machine/engine"
  rm -rf "$machine"
}

# The containers of an installation, by which a second run is seen to have changed nothing.
container_ids() { here docker ps -aq --no-trunc --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" | sort; }
