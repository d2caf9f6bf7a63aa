#!/usr/bin/env bash
# Undoes an upgrade by images where the data allows it, else by the restore point. Needs undo.sh and roll.sh first.

: "${root:?}" "${state:?}" "${undo:?}"

# Where data need not go back: no migration was begun, both versions bring the same schema, or the release says that
# the version before it works on the new schema. It comes from what was kept, so that a second try goes the same way.
way_back() {
  local reached next
  reached="$(cat "$undo/open" 2>/dev/null || echo committed)"
  next="$(<"$undo/next-schema")"
  if [[ "$reached" == files || ("$next" =~ ^[0-9]+$ && "$next" == "$(<"$undo/schema")") ]]; then
    echo images
  else
    cat "$undo/class"
  fi
}

roll_back() {
  local way started
  started="$(now_ms)"
  [[ -f "$undo/from" ]] || refuse "no upgrade is kept in $undo: there is nothing to go back to"
  images_are_kept || refuse "images of $(cat "$undo/from") are gone: load that release with ops/bundle load, then run ops/rollback again"
  way="$(way_back)"
  say "going back to $(cat "$undo/from") by $way"
  case "$way" in
    images) roll_back_images ;;
    restore) roll_back_data ;;
    *) die "unknown way back: $way" ;;
  esac
  step try "tries the whole of it" "$root/ops/smoke" --no-restart
  mv "$undo" "$state/undone-$(date -u +%Y%m%dT%H%M%SZ)"
  say "version $(tree_version) runs again after $((($(now_ms) - started) / 1000)) s"
}

# The data stays as it is, and nobody notices. An older program must be told that the newer schema is meant.
roll_back_images() {
  local next
  next="$(<"$undo/next-schema")"
  step files "brings back files and settings" restore_tree
  [[ "$next" == "$(<"$undo/schema")" || "$(cat "$undo/open" 2>/dev/null)" == files ]] || set_env ARAGORA_SCHEMA_AHEAD "$next"
  step clear "removes what does not work" remove_unwell
  step roll "replaces the services one by one" roll_all "$(<"$undo/replicas")"
}

remove_unwell() {
  local id
  for id in $(containers app); do is_healthy "$id" || docker rm -f "$id"; done
}

# Everything stops; the database becomes what it was at the restore point. What came after stays in the archive.
roll_back_data() {
  local point
  point="$(cat "$undo/point")"
  say "what was written after $point leaves the database; backup/restore --time brings it into another project"
  step stop "stops the program" compose stop app
  step files "brings back files and settings" restore_tree
  step restore "restores $point" "$root/backup/restore" --name "$point" --force
  step start "starts everything" start_all
}

start_all() {
  local services
  mapfile -t services < <(running_services)
  compose up -d --no-build --scale "app=$(<"$undo/replicas")"
  each_healthy db app edge "${services[@]}"
}
