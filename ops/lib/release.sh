#!/usr/bin/env bash
# A release folder: images.lock, images.tar.gz, tree.tar.gz, upgrades.json, manifest and its Ed25519 signature.
# Needs common.sh and stack.sh first.

: "${root:?}"
release_key="${ARAGORA_RELEASE_KEY:-$root/ops/release-key.pem}"
release_files=(VERSION images.lock tree.tar.gz images.tar.gz upgrades.json)

# sign_release FOLDER KEY: the manifest names every file by its hash; the signature is over the manifest.
sign_release() {
  (cd "$1" && sha256sum "${release_files[@]}" >manifest)
  openssl pkeyutl -sign -inkey "$2" -rawin -in "$1/manifest" -out "$1/manifest.sig"
  openssl pkey -in "$2" -pubout -out "$1/release-key.pem"
}

key_print() { openssl pkey -pubin -in "$1" -outform DER 2>/dev/null | sha256sum | cut -c1-16; }

# verify_release FOLDER: refuses in words; the key is the one this installation came with, not the folder's own.
verify_release() {
  local folder="$1" name
  [[ -d "$folder" ]] || die "no release folder: $folder. Unpack the bundle there, or name another with --from"
  [[ -f "$release_key" ]] || die "no release key to verify with: put the publisher's public key at $release_key (its print is on the release page)"
  for name in manifest manifest.sig "${release_files[@]}"; do
    [[ -f "$folder/$name" ]] || die "$folder is not a whole release: $name is missing. Copy the bundle again"
  done
  openssl pkeyutl -verify -pubin -inkey "$release_key" -rawin -in "$folder/manifest" \
    -sigfile "$folder/manifest.sig" >/dev/null 2>&1 ||
    die "the signature of $folder/manifest is not by the release key $(key_print "$release_key"): do not use this release"
  for name in "${release_files[@]}"; do
    grep -qE "^[0-9a-f]{64}  $name\$" "$folder/manifest" || die "$folder/manifest does not name $name: do not use this release"
  done
  (cd "$folder" && sha256sum --quiet --strict -c manifest >&2) ||
    die "a file of $folder is not what was signed (above): copy the bundle again"
}

# lock_images: a line "VARIABLE REFERENCE ID" for every image of the appliance that is on this machine.
lock_images() {
  local variable reference id
  for variable in IMG_APP IMG_DB IMG_EDGE IMG_PROMETHEUS IMG_ALERTMANAGER IMG_POSTGRES_EXPORTER IMG_GRAFANA; do
    reference="$(image_of "$variable")"
    id="$(image_id "$reference")" || id=""
    [[ -z "$id" ]] || printf '%s %s %s\n' "$variable" "$reference" "$id"
  done
}

# image_of VARIABLE: what compose uses for it: the setting, else the default in the compose file.
image_of() {
  local default
  default="$(sed -nE "s/.*\\$\\{$1:-([^}]+)\\}.*/\\1/p" "$root/docker-compose.yml" | head -n 1)"
  env_value "$1" "$default"
}

# load_images FOLDER: into the engine; each must then be what the lock says.
load_images() {
  local variable reference id here
  gzip -dc "$1/images.tar.gz" | docker load >&2 || die "the engine does not take $1/images.tar.gz: is its disk full?"
  while read -r variable reference id; do
    here="$(image_id "$reference")" || die "$reference is not in the bundle: copy it again"
    # Engines differ in what they call an image's id; the archive itself was verified by its hash.
    [[ "$here" == "$id" ]] || say "note: $variable is $here here and $id where the release was made"
  done <"$1/images.lock"
}

# use_images LOCK: the references go to .env.
use_images() {
  local variable reference id
  while read -r variable reference id; do
    : "$id"
    set_env "$variable" "$reference"
  done <"$1"
}
