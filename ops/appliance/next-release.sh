#!/usr/bin/env bash
# Makes a next version out of this one, for upgrades to be tried: the same program with another number and one more
# migration; or one that cannot start. Needs machine.sh first.

: "${root:?}" "${machine:?}"

# make_jar FOLDER VERSION: the program of this version's image, as the next one.
make_jar() {
  local id
  id="$(docker create "$(image_of IMG_APP)")" &&
    docker cp -q "$id:/opt/aragora/aragora.jar" "$1/aragora.jar" && docker rm "$id" >/dev/null || return
  python3 - "$1/aragora.jar" "$2" <<'PY'
import re, sys, zipfile
path, version = sys.argv[1:]
old = zipfile.ZipFile(path)
with zipfile.ZipFile(path + ".new", "w", zipfile.ZIP_DEFLATED) as new:
    for item in old.infolist():
        data = old.read(item)
        if item.filename == "build.properties":
            data = re.sub(rb"(?m)^version=.*$", b"version=" + version.encode(), data)
        new.writestr(item, data)
    new.writestr("db/migration/V9001__next.sql",
        "-- What the next version keeps.\ncreate table next_version (since timestamptz not null default now());\n"
        "insert into next_version default values;\n")
PY
  mv "$1/aragora.jar.new" "$1/aragora.jar"
}

# make_images VERSION KIND: good has the jar of make_jar, broken one that is no program.
make_images() {
  local folder="$machine/image-$1"
  mkdir -p "$folder"
  if [[ "$2" == broken ]]; then echo "no program" >"$folder/aragora.jar"; else make_jar "$folder" "$1" || return; fi
  printf 'FROM %s\nCOPY aragora.jar /opt/aragora/aragora.jar\nLABEL %s=%s %s=9001\n' "$(image_of IMG_APP)" \
    org.opencontainers.image.version "$1" io.aragora.schema.newest >"$folder/Dockerfile"
  docker build -q -t "aragora/app:$1" "$folder"
}

# make_release VERSION KIND ROLLBACK: signed by the same publisher, with one setting and one file more.
make_release() {
  local tree="$machine/tree-$1"
  make_images "$1" "$2" || return
  mkdir -p "$tree"
  tar -xzf "$machine/release/tree.tar.gz" -C "$tree"
  sed -i "s|IMG_APP:-aragora/app:$(tree_version)}|IMG_APP:-aragora/app:$1}|" "$tree/docker-compose.yml"
  echo "$1" >"$tree/VERSION"
  echo "# A setting of the next version" >"$tree/docs/next.md"
  printf '# New\nARAGORA_LOG_LEVEL_OF_%s=\n' "${1//./_}" >>"$tree/.env.example"
  jq --arg from "$(tree_version)" --arg version "$1" --arg rollback "$3" \
    '.releases += [{version: $version, from: [$from], downtime: "none", rollback: $rollback}]' \
    "$root/upgrades.json" >"$tree/upgrades.json"
  env -u COMPOSE_PROJECT_NAME "$tree/ops/bundle" create "$machine/release-$1" --key "$machine/key"
}
