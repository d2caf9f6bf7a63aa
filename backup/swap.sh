#!/usr/bin/env bash
# Puts a restored copy in the place of the data while the stack is stopped, and the old data back if the copy fails.

# swap PROJECT [--undo]
swap() {
  one_off -v "$(volume pgdata "$1"):/var/lib/postgresql" -v "$(volume pgspool "$1"):/var/spool/pgbackrest" -- /opt/aragora/swap "${@:2}"
}

# copy_keys FROM TO: the keys that sign receipts and open secrets; the heads stay, the copy's logs go on from its own.
copy_keys() {
  docker run --rm --init --network none --cap-drop ALL --cap-add DAC_OVERRIDE --cap-add CHOWN --cap-add FOWNER \
    --security-opt no-new-privileges --user 0:0 -v "$(volume app-data "$1"):/in:ro" -v "$(volume app-data "$2"):/out" \
    "$(db_image)" bash -c 'cp -a /in/keys /out/ && chown --reference /in /out && chmod --reference /in /out'
}

# Stops what uses the database, in this order, and remembers what ran.
stop_users() {
  local service id
  ran=()
  for service in backup app db; do
    for id in $(containers "$service" --filter status=running); do
      ran=("$id" "${ran[@]}")
      docker stop --time 120 "$id" >/dev/null
    done
  done
}

db_of() { containers db | head -n 1; }

# In the opposite order; the database must answer before the others come.
start_database() {
  local id
  id="$(db_of)"
  docker start "$id" >/dev/null
  # In a shell of its own: there it may end.
  (wait_healthy 120 "$id")
}

start_others() {
  local id
  for id in "${ran[@]}"; do
    [[ "$id" == "$(db_of)" ]] || docker start "$id" >/dev/null
  done
}

# What was signed after the moment that was restored is lost: both logs say so and go on.
accept_loss() {
  aragora log reopen >&2 || say "the logs could not be reopened: run it by hand (docker compose run --rm --no-deps app log reopen)"
}

go_back() {
  say "the restored copy does not start: going back"
  docker stop --time 120 "$(db_of)" >/dev/null
  swap "$(project)" --undo
  start_database || die "the database from before does not start either: docker compose logs db"
  start_others
  exit 4
}

# What was not exchanged goes on as it was.
go_on() {
  say "nothing was exchanged: starting what ran"
  if [[ -n "$(db_of)" ]]; then start_database; fi
  start_others
  exit 1
}

exchange() {
  stop_users
  swap "$(project)" || go_on
  if [[ -z "$(db_of)" ]]; then
    say "done. Start it: docker compose up -d"
    return
  fi
  start_database || go_back
  accept_loss
  start_others
  say "done: the data from before is kept until the next restore (backup/restore --undo)"
}

undo() {
  stop_users
  swap "$(project)" --undo
  [[ -n "$(db_of)" ]] || return 0
  start_database || die "the database does not start: docker compose logs db"
  accept_loss
  start_others
}
