#!/usr/bin/env bash
# Shows every requirement of docker-compose.yml (C01-C25) on a stack of its own.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d /tmp/arc.XXXX)"
export COMPOSE_PROJECT_NAME="${COMPOSE_PROJECT_NAME:-aragora-c}" ARAGORA_ENV_FILE="$work/env"
touch "$ARAGORA_ENV_FILE"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/appliance/inspect.sh
source "$root/ops/appliance/inspect.sh"
# shellcheck source=ops/appliance/cis.sh
source "$root/ops/appliance/cis.sh"
# shellcheck source=ops/appliance/compose-life.sh
source "$root/ops/appliance/compose-life.sh"
# shellcheck source=ops/appliance/compose-look.sh
source "$root/ops/appliance/compose-look.sh"

main() {
  HTTPS_PORT="$(free_port)" HTTP_PORT="$(free_port)"
  export HTTPS_PORT HTTP_PORT
  trap 'discard_stack || true; rm -rf "$work"' EXIT
  start_engine "${ENGINE_DIR:-$root/.tools/engine}"
  discard_stack
  files || true
  begins || true
  looks || true
  cis || true
  lives || true
  summary
}

main "$@"
