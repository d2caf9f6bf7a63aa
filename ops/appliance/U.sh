#!/usr/bin/env bash
# Shows that an upgrade is all or nothing (U01-U03, O04, O05): every step failed on purpose, on data that must stay.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/appliance/machine.sh
source "$root/ops/appliance/machine.sh"
# shellcheck source=ops/lib/release.sh
source "$root/ops/lib/release.sh"
# shellcheck source=ops/appliance/next-release.sh
source "$root/ops/appliance/next-release.sh"

export HTTPS_PORT=19443 HTTP_PORT=19080
steps="${U_STEPS:-images way-back backup files migrate roll smoke}"

# Here an installation is a folder: the engine is this machine's own.
here() { (cd "$home" && "$@"); }
prepare() {
  "$root/ops/bundle" keygen "$machine/key" && "$root/ops/bundle" create "$machine/release" --key "$machine/key" &&
    mkdir -p "$home" && tar -xzf "$machine/release/tree.tar.gz" -C "$home" &&
    here ops/install --yes --offline "$machine/release" --no-kit && here ops/smoke --keep --no-restart && become_caller
}

of_project() { docker ps -q --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter "label=com.docker.compose.service=$1"; }

# rows FILE: all data but what changes by itself (leases, marks) and what the caller works on, a row a line.
rows() {
  docker exec "$(of_project db)" pg_dump --data-only --inserts --exclude-schema=backup \
    --exclude-table='*job*' --exclude-table='scheduled*' --exclude-table='flyway*' --exclude-table='node*' --exclude-table='idempotency*' |
    grep '^INSERT' | grep -vF "$(<"$machine/workspace")" | sort >"$1"
}

# Nothing of before is missing or changed; a smoke test adds the entries that no appliance forgets.
rows_are_kept() {
  rows "$machine/rows.now"
  [[ -s "$machine/rows.before" ]] || return
  comm -23 "$machine/rows.before" "$machine/rows.now" >"$machine/rows.lost"
  cut -c1-300 "$machine/rows.lost" | head -n 5
  [[ ! -s "$machine/rows.lost" ]]
}

schema() { docker exec "$(of_project db)" psql -XAtqc "select count(*) from pg_tables where tablename = 'next_version'"; }
files_hash() { (cd "$home" && find . -path ./.ops -prune -o -name '.env.*' -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum); }
runs() { [[ "$(docker inspect -f '{{.Config.Image}}' "$(of_project app | head -n 1)")" == "aragora/app:$1" && "$(<"$home/VERSION")" == "$1" ]]; }
ends_with() {
  local wanted="$1" code=0
  shift
  here "$@" || code=$?
  ((code == wanted)) || { echo "ended with $code, not $wanted" && return 1; }
}

fails_at() {
  local before
  before="$(files_hash)"
  rows "$machine/rows.before"
  OPS_FAIL_AT="$1" ends_with 4 ops/upgrade "$2" --from "$machine/release-$2" || return
  [[ "$(files_hash)" == "$before" ]] || { echo "files differ" && return 1; }
  rows_are_kept && runs "$(tree_version)" && [[ "$(schema)" == "${3:-0}" && ! -e "$home/.ops/undo/open" ]]
}

# upgrades_under_load VERSION MOST: somebody works meanwhile, of whom at most MOST requests may fail.
upgrades_under_load() {
  rows "$machine/rows.before"
  here ops/upgrade "$1" --from "$machine/release-$1" >"$machine/upgrade.log" 2>&1 &
  asks $! "$2" && wait $! && runs "$1" && rows_are_kept && return
  cat "$machine/upgrade.log"
  return 1
}

rolls_back() {
  here ops/rollback --yes >"$machine/rollback.log" 2>&1 || { cat "$machine/rollback.log" && return 1; }
  grep -E 'runs again after [0-9]+ s' "$machine/rollback.log" && runs "$(tree_version)" && rows_are_kept
}

refuses_downgrade() { ends_with 3 ops/upgrade "$(tree_version)" --from "$machine/release" 2>&1 | grep -q "is a downgrade"; }

# The old program on the new schema: both are named, and what to do.
old_program_refuses() {
  local code=0
  (cd "$home" && IMG_APP="aragora/app:$(tree_version)" timeout 60 bash -c 'source ops/lib/compose.sh
    compose run --rm --no-deps -T app serve') >"$machine/old" 2>&1 || code=$?
  cat "$machine/old"
  ((code == 8)) && grep -q "schema is at 9001, this version knows only" "$machine/old"
}

two_replicas() { here bash -c 'source ops/lib/compose.sh && compose up -d --no-build --no-recreate --scale app=2 app' && sleep 15; }

requirements() {
  local step
  check "U02 this version is installed and holds data" prepare || return
  check "U01 a next version is made and signed" make_release 0.2.0 good restore
  check "U01 one that its predecessor can work with" make_release 0.2.1 good images
  check "U01 one that cannot start" make_release 0.2.2 broken restore
  for step in $steps; do check "O04 failed at $step it is as before" fails_at "$step" 0.2.0; done
  check "O04 a version that cannot start is undone" fails_at none 0.2.2
  check "U02 to the next version with nobody refused" upgrades_under_load 0.2.0 0
  check "U03 a downgrade is refused in words" refuses_downgrade
  check "U03 the old program names both versions and what to do" old_program_refuses
  check "O05 back again, in a time that is printed" rolls_back
  check "U02 and forth, with two replicas and nobody refused" two_replicas
  check "U02 the next version once more" upgrades_under_load 0.2.0 0
  check "O05 and back" rolls_back
  check "O05 failed after its migration, a compatible version goes and its schema stays" fails_at roll 0.2.1 1
}

clean_up() {
  [[ ! -f "$home/docker-compose.yml" ]] || here bash -c 'source ops/lib/compose.sh && compose --profile backup down -v --remove-orphans' || true
  docker volume ls -q --filter "name=^${COMPOSE_PROJECT_NAME}_" | xargs -r docker volume rm || true
  docker image ls -q --filter reference='aragora/app:0.2.*' | sort -u | xargs -r docker image rm -f || true
  rm -rf "$machine"
}

main() {
  trap clean_up EXIT
  start_engine "$machine/engine"
  all_of requirements
}

main "$@"
