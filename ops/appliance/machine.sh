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

# here COMMAND...: in the network of that engine, as on that machine.
here() { nsenter --net --target "$(<"$machine/engine/dockerd.pid")" -- env DOCKER_HOST="$DOCKER_HOST" "$@"; }

# make_bundle: from the images this engine has; the publisher's key stays in the test's folder.
make_bundle() {
  "$root/ops/bundle" keygen "$machine/key" &&
    "$root/ops/bundle" create "$machine/release" --key "$machine/key"
}

make_machine() {
  unset DOCKER_HOST
  start_engine_apart "$machine/engine" &&
    here ip link set lo up &&
    mkdir -p "$home" && tar -xzf "$machine/release/tree.tar.gz" -C "$home"
}

discard_machine() {
  discard_engine "$machine/engine"
  rm -rf "$machine"
}

# The containers of an installation, by which a second run is seen to have changed nothing.
container_ids() { here docker ps -aq --no-trunc --filter "label=com.docker.compose.project=$(basename "$home")" | sort; }
