#!/usr/bin/env bash
# Looks into the images of this tree without starting what is in them. Needs base-images.sh first.

: "${root:?}" "${jdk_image:?}"

# PREBUILT=yes takes server/target as it is, which is faster. The core images; the small ones of the obs profile are shown with it.
names=(app db edge)
# shellcheck disable=SC2034 # D.sh reads it
mapfile -t dockerfiles < <(find "$root"/server "$root"/backup "$root"/tls "$root"/grafana -maxdepth 1 -name 'Dockerfile*')
volume="aragora-images-$$"
listings="$(mktemp -d -t aragora-images.XXXXXX)"

image() { printf 'aragora/%s:%s\n' "$1" "$(<"$root/VERSION")"; }

discard() {
  docker volume rm -f "$volume-app" "$volume-db" >/dev/null
  rm -rf "$listings"
}

have_images() {
  local name
  for name in "${names[@]}"; do
    has_image "$(image "$name")" || "$root/ops/images" ${PREBUILT:+--prebuilt} "$name"
  done
}

# run_in NAME PROGRAM ARGUMENT...: that program of the image, with no network.
run_in() { docker run --rm --network none --read-only --entrypoint "$2" "$(image "$1")" "${@:3}"; }

# listing_of NAME: modes, owners and names of all its files; the container is made, never started.
listing_of() {
  local container list="$listings/$1"
  if [[ ! -s "$list" ]]; then
    container="$(docker create --network none --entrypoint /none "$(image "$1")")"
    docker export "$container" | tar -tv >"$list"
    docker rm "$container" >/dev/null
  fi
  cat "$list"
}

files_in() { listing_of "$1" | sed -E 's/.* [0-9]{2}:[0-9]{2}(:[0-9]{2})? //; s/ -> .*//'; }

# sbom_of NAME: its bills of materials, one after the other.
sbom_of() {
  local container
  container="$(docker create --network none --entrypoint /none "$(image "$1")")"
  docker cp "$container:/usr/share/sbom" - | tar -x --to-stdout
  docker rm "$container" >/dev/null
}

# digest_of_build ROUND: builds the jar inside anew and tells the digest of all its files, their times and modes.
digest_of_build() {
  local tag="aragora/jar:$volume-$1" jar=source container
  [[ -z "${PREBUILT:-}" ]] || jar=prebuilt
  docker build -q --target build --build-arg "ROUND=$1-$$" --build-arg "JAR=$jar" -t "$tag" -f "$root/server/Dockerfile" "$root" >/dev/null
  container="$(docker create --network none "$tag" true)"
  docker cp "$container:/out" - | sha256sum | cut -d' ' -f1
  docker rm "$container" >/dev/null
  docker rmi "$tag" >/dev/null
}

# The modules that the jar and the libraries in the app image use; the JDK's own image has the tool that sees them.
needed_modules() {
  local tag="aragora/modules:$volume"
  docker build -q -t "$tag" - >/dev/null <<DOCKERFILE
FROM $(image app) AS app
FROM $jdk_image
RUN apt-get update && apt-get install -y --no-install-recommends unzip
COPY --from=app /opt/aragora /app
DOCKERFILE
  docker run --rm --network none -v "$root/server/image:/image:ro" "$tag" /image/needed-modules /app
  docker rmi "$tag" >/dev/null
}
