#!/usr/bin/env bash
# Makes the images that our Dockerfiles start from, where no registry can be reached: Debian's by debootstrap,
# the JDK's from this machine's JDK 25. Both get the very names that the Dockerfiles ask for.

# shellcheck source=ops/lib/engine.sh
source "$(dirname "${BASH_SOURCE[0]}")/engine.sh"

debian_image="${BASE_DEBIAN:-debian:bookworm-slim}"
jdk_image="${BASE_JDK:-eclipse-temurin:25-jdk}"

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# A registry that cannot be reached answers late or never, and some machines have none.
pull_image() {
  [[ "${BASE_IMAGES:-pull}" != local ]] && timeout 300 docker pull -q "$1" >/dev/null 2>&1
}

# ensure_base_images: leaves both base images in the engine.
ensure_base_images() {
  has_image "$debian_image" || pull_image "$debian_image" || make_debian_image
  has_image "$jdk_image" || pull_image "$jdk_image" || make_jdk_image
}

make_debian_image() {
  local work archive=http://deb.debian.org/debian
  install_commands debootstrap
  work="$(mktemp -d -t aragora-base.XXXXXX)"
  say "making $debian_image with debootstrap"
  debootstrap --variant=minbase --include=ca-certificates bookworm "$work/root" "$archive" >"$work/log" 2>&1 || {
    tail -n 5 "$work/log" >&2
    die "debootstrap failed; all it said is in $work/log"
  }
  cat >"$work/root/etc/apt/sources.list" <<LIST
deb $archive bookworm main
deb $archive bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
LIST
  slim "$work/root"
  tar -C "$work/root" --one-file-system --exclude=./dev -c . |
    docker import --change 'CMD ["bash"]' - "$debian_image" >/dev/null
  rm -rf "$work"
}

# What the published slim image leaves out as well, now and from packages installed later.
slim() {
  cat >"$1/etc/dpkg/dpkg.cfg.d/docker" <<'RULES'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/info/*
RULES
  find "$1/usr/share/doc" -type f ! -name copyright -delete
  rm -rf "$1"/usr/share/{man,info,locale}/* "$1"/var/cache/apt/*.bin "$1"/var/cache/apt/archives/*.deb \
    "$1"/var/lib/apt/lists/* "$1"/var/log/*
}

# The published image keeps its JDK in this place. jlink wants every file of it; the trust store may be a link out.
make_jdk_image() {
  local work
  find_jdk
  work="$(mktemp -d -t aragora-jdk.XXXXXX)"
  say "making $jdk_image from $JAVA_HOME"
  mkdir "$work/jdk"
  tar -C "$JAVA_HOME" --exclude=./lib/src.zip -c . | tar -C "$work/jdk" -x
  cp --remove-destination -L "$JAVA_HOME/lib/security/cacerts" "$work/jdk/lib/security/cacerts"
  cat >"$work/Dockerfile" <<DOCKERFILE
FROM $debian_image
COPY jdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
DOCKERFILE
  docker build -q -t "$jdk_image" "$work" >/dev/null
  rm -rf "$work"
}
