#!/usr/bin/env bash
# Shows every requirement of ops/ (O01-O11; O04 and O05 are shown by U.sh) on a machine without a network.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/appliance/machine.sh
source "$root/ops/appliance/machine.sh"

export HTTPS_PORT=18443 HTTP_PORT=18080

installs() {
  local started="$SECONDS"
  here ops/install --yes --offline "$machine/release" >"$machine/told" 2>&1 || { cat "$machine/told" && return 1; }
  cat "$machine/told"
  ((SECONDS - started <= 90)) || { echo "took $((SECONDS - started)) s" && return 1; }
  grep -q '^address: *https://' "$machine/told" && grep -q '^recovery kit: ' "$machine/told"
}

prints_first_link() { grep -qE '^first person: *https?://' "$machine/told"; }

times_are_kept() { jq -e '.seconds > 0 and ([.steps[].step] | index("smoke"))' "$home/.ops/install-report.json"; }

installs_again() {
  local before after
  before="$(container_ids)"
  installs || return
  after="$(container_ids)"
  [[ "$before" == "$after" ]] || { diff <(echo "$before") <(echo "$after") && return 1; }
}

# finds CODE: the doctor on that machine says so; made well again by the caller.
doctor() { here ops/doctor --json --offline || true; }
finds() { doctor | jq -e --arg code "$1" '.findings | any(.code == $code)'; }
lacks() { ! finds "$1"; }

volume() { here docker volume inspect -f '{{.Mountpoint}}' "${COMPOSE_PROJECT_NAME}_$1"; }

doctor_sees_open_secret() {
  local file
  file="$(find "$(volume secrets-app)" -type f | head -n 1)"
  chmod 444 "$file" && finds secrets.open && chmod 400 "$file" && lacks secrets.open
}

doctor_sees_empty_secret() {
  local folder
  folder="$(volume secrets-obs)"
  touch "$folder/half" && finds secrets.empty && rm "$folder/half" && lacks secrets.empty
}

doctor_sees_stranger() {
  local image
  image="$(cut -d' ' -f2 "$machine/release/images.lock" | grep /db:)"
  here docker run -d --name stranger --label "com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
    --label com.docker.compose.service=stranger -p 127.0.0.1:15432:5432 -v /data --entrypoint sleep "$image" 60 &&
    finds port.published && finds volume.anonymous
  here docker rm -fv stranger && lacks port.published
}

doctor_production_is_stricter() { ! here ops/doctor --production --offline; }

smokes() { here ops/smoke; }

# While a secret is rotated somebody works; nobody may be refused.
rotates() {
  here ops/rotate "$@" >"$machine/rotate.log" 2>&1 &
  asks $! "${most_failed:-0}" && wait $! && return
  cat "$machine/rotate.log"
  return 1
}

old_database_certificate_is_refused() {
  local id
  id="$(here docker ps -q --filter label=com.docker.compose.service=db)"
  ! here docker exec "$id" psql "host=db user=aragora_app dbname=aragora sslmode=require" -c 'select 1'
}

bundle_holds_no_secret() {
  local folder="$machine/support"
  mkdir -p "$folder"
  here ops/support-bundle --output "$machine/support.tar.gz" || return
  tar -xzf "$machine/support.tar.gz" -C "$folder"
  [[ -s "$folder/support/doctor.json" && -s "$folder/support/statistics.txt" ]] || return
  find "$(dirname "$(volume secrets-app)")/.." -path '*_secrets-*' -type f -exec awk 'length($0) > 15 && !/-----/' {} + >"$machine/secrets"
  [[ -s "$machine/secrets" ]] && ! grep -rFf "$machine/secrets" "$folder"
}

status_is_one_screen() { here ops/status | awk 'END { exit !(NR > 3 && NR <= 40) }'; }

killed_install_says_where() {
  local code=0
  here timeout -s TERM 2 ops/install --yes --offline "$machine/release" >"$machine/killed" 2>&1 || code=$?
  cat "$machine/killed"
  ((code != 0)) && grep -qE 'FAILED in step [a-z]+ \(' "$machine/killed" && grep -q '^log: ' "$machine/killed" &&
    grep -q '^next: ' "$machine/killed" && installs_again
}

scripts_are_clean() {
  local scripts name
  mapfile -t scripts < <(grep -rlE '^#!/usr/bin/env bash' "$root/ops" "$root/backup" "$root/tls")
  (cd "$root" && shellcheck --external-sources --source-path=. "${scripts[@]}" && shfmt -d -i 2 -ci "${scripts[@]}") || return
  for name in install doctor smoke status upgrade rollback rotate bundle support-bundle config; do
    "$root/ops/$name" --help >/dev/null || return
  done
}

bundle_installs_without_a_network() {
  ! here curl -s -m 2 http://deb.debian.org/ >/dev/null && here ops/bundle verify "$machine/release"
}

requirements() {
  check "O08 a bundle is made and signed" make_bundle
  check "O08 an engine without a network" make_machine
  check "O08 the bundle verifies where nothing can be asked" bundle_installs_without_a_network
  check "O01 installs from it, in 90 s" installs
  check "O01 prints the first person's link" prints_first_link
  check "O01 keeps what took how long" times_are_kept
  check "O01 a second run changes nothing" installs_again
  check "O02 a fault of its own for each thing on the machine" bats "$root/ops/tests/doctor.bats"
  check "O02 sees a secret others can read" doctor_sees_open_secret
  check "O02 sees a half-written secret" doctor_sees_empty_secret
  check "O02 sees a published port and a volume without a name" doctor_sees_stranger
  check "O02 is stricter with --production" doctor_production_is_stricter
  check "O03 smoke passes" smokes
  check "O03 and again" smokes
  check "O06 somebody works meanwhile" become_caller
  check "O06 the master key rotates, nobody is refused" rotates master-key
  check "O06 the database's certificates rotate, nobody is refused" rotates db-password
  check "O06 who has no certificate is not let in" old_database_certificate_is_refused
  most_failed=8 check "O06 the certificate people see rotates within two seconds" rotates tls
  check "O06 the key of the backups rotates, nobody is refused" rotates backup-key
  check "O07 the support bundle holds no secret" bundle_holds_no_secret
  check "S01 the commands of SELF_HOSTED.md run" here ops/lib/docs-run.sh SELF_HOSTED.md
  check "O09 status is one screen" status_is_one_screen
  check "O10 killed in the middle it says where, and goes on next time" killed_install_says_where
  check "O11 scripts are clean, and say what they do" scripts_are_clean
}

main() {
  trap discard_machine EXIT
  start_engine "$machine/build"
  all_of requirements
}

main "$@"
