#!/usr/bin/env bash
# The steps of an upgrade, from a verified release to the commit. ops/upgrade runs it and undoes it when it fails.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=ops/lib/common.sh
source "$root/ops/lib/common.sh"
# shellcheck source=ops/lib/stack.sh
source "$root/ops/lib/stack.sh"
# shellcheck source=ops/lib/release.sh
source "$root/ops/lib/release.sh"
# shellcheck source=ops/lib/steps.sh
source "$root/ops/lib/steps.sh"
# shellcheck source=ops/lib/path.sh
source "$root/ops/lib/path.sh"
# shellcheck source=ops/lib/roll.sh
source "$root/ops/lib/roll.sh"
# shellcheck source=ops/lib/undo.sh
source "$root/ops/lib/undo.sh"

main() {
  local class
  version="$1"
  release="$2"
  class="$(release_field "$release/upgrades.json" "$version" rollback)"
  step images "loads and verifies the images" load_images "$release"
  step way-back "keeps files, settings and images of $(tree_version)" keep_way_back "$version" "$class"
  step backup "backs up and names a restore point" take_restore_point
  mark files
  step files "switches to the files of $version" switch_files
  mark migrate
  step migrate "brings the schema to $version" migrate
  mark roll
  step roll "replaces the services one by one" roll_all "$(<"$undo/replicas")"
  step smoke "tries the whole of it" "$root/ops/smoke" --no-restart
  step commit "makes $version the installed version" commit
}

take_restore_point() {
  local point
  point="pre_upgrade_${version//[!0-9A-Za-z]/_}_$(date -u +%Y%m%d%H%M%S)"
  "$root/backup/backup" diff
  "$root/backup/point" "$point"
  printf '%s\n' "$point" >"$undo/point"
}

switch_files() {
  switch_tree
  merge_settings
  use_images "$release/images.lock"
}

# Settings the release knows and .env does not name keep their default; what changed is printed, .env is kept dated.
merge_settings() {
  [[ -f "$env_file" ]] || return 0
  cp -p "$env_file" "$env_file.$(date -u +%Y%m%dT%H%M%SZ)"
  sed -nE 's/^#? ?([A-Z][A-Z0-9_]*)=.*/\1/p' "$root/.env.example" | sort -u >"$state/known"
  tar -xzOf "$undo/tree.tar.gz" .env.example 2>/dev/null | sed -nE 's/^#? ?([A-Z][A-Z0-9_]*)=.*/\1/p' | sort -u >"$state/known.before"
  comm -23 "$state/known" "$state/known.before" | sed 's/^/new setting: /' >&3
  comm -13 "$state/known" "$state/known.before" | sed 's/^/setting that is gone: /' >&3
  rm -f "$state/known" "$state/known.before"
}

migrate() { compose run --rm --no-deps -T migrate; }

commit() {
  cp "$release/images.lock" "$state/images.lock"
  [[ -z "$(env_value ARAGORA_SCHEMA_AHEAD)" ]] || set_env ARAGORA_SCHEMA_AHEAD ""
  rm -f "$undo/open"
}

begin upgrade
main "$@"
