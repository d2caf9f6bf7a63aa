#!/usr/bin/env bash
# What goes into a recovery kit, the container that may read it, and the note of what the newest kit holds.

# shellcheck disable=SC2154 # root, env_file and scratch are the caller's
volumes=(secrets-ca secrets-app secrets-owner secrets-db secrets-edge secrets-obs certificates app-data)

# A container that may read and write whoever's files, and nothing else; it can reach nobody.
kit_container() {
  docker create --init --network none --cap-drop ALL --security-opt no-new-privileges --user 0:0 \
    --tmpfs /tmp:size=64m,mode=0700,noexec,nosuid,nodev "$@"
}

run_kit() {
  local code=0
  docker start --attach --interactive "$1" || code=$?
  return "$code"
}

mounts() {
  local each
  for each in "${volumes[@]}"; do
    volume_exists "$(volume "$each")" || continue
    printf -- '-v %s:%s/%s%s ' "$(volume "$each")" "$1" "$each" "$2"
  done
}

# What a person on another machine needs to know before the first key is turned.
about() {
  mkdir "$scratch/about"
  jq -n --arg project "$(project)" --arg version "$(tree_version)" --arg offsite "$(env_value OFFSITE_DIR)" \
    '{kit: "aragora-recovery-kit/1", made_at: (now | todate), project: $project, version: $version, stanza: "main",
      offsite_dir: $offsite}' >"$scratch/about/kit.json"
  cp "$root/VERSION" "$scratch/about/"
  [[ ! -f "$env_file" ]] || cp "$env_file" "$scratch/about/.env"
  [[ ! -f "$root/images.lock" ]] || cp "$root/images.lock" "$scratch/about/"
}

fingerprint() {
  local mounted
  read -ra mounted <<<"$(mounts /in :ro)"
  docker run --rm --init --network none --cap-drop ALL --cap-add DAC_READ_SEARCH --security-opt no-new-privileges --user 0:0 \
    "${mounted[@]}" "$(db_image)" /opt/aragora/kit print
}

note() {
  make_volume drill-history
  jq -nc --arg sha256 "$1" --arg print "$(fingerprint)" '{at: (now | floor), sha256: $sha256, print: $print}' |
    one_off -i -v "$(volume drill-history):/var/lib/aragora-drill" -- bash -c 'cat >/var/lib/aragora-drill/kit.json'
}

# A passphrase is asked for at a terminal.
terminal=()
# shellcheck disable=SC2034 # backup/kit reads it
wants_terminal() { [[ " $* " != *" --passphrase "* ]] || terminal=(--interactive --tty); }
