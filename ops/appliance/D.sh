#!/usr/bin/env bash
# Shows every requirement of the images (D01-D11) on the images of this tree; builds those that are missing.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/base-images.sh
source "$root/ops/lib/base-images.sh"
# shellcheck source=ops/appliance/image.sh
source "$root/ops/appliance/image.sh"

no_shell() {
  run_in app sh -c true && return 1
  ! files_in app | grep -E '(^|/)(sh|bash|dash|busybox|apt|apt-get|dpkg|gcc|cc|perl|python3)$'
}

bases_are_arguments() { ! grep -hE '^FROM ' "${dockerfiles[@]}" | grep -vE '^FROM (\$\{[A-Z]+\}|scratch|[a-z]+)( AS [a-z]+)?$'; }

# The first modules named are those that jdeps sees in the libraries; those left out are named with the reason.
modules_are_needed() {
  local list="$root/server/image/modules"
  diff <({ sed '/^$/,$d; /^#/d' "$list" && sed -n 's/^# without //p' "$list"; } | sort) <(needed_modules | sort) &&
    has_no_compiler
}

has_no_compiler() { ! run_in app /opt/java/bin/java --list-modules | grep -E '^jdk[.](compiler|jshell|javadoc|jdi)@'; }

cache_is_used() { run_in app /opt/java/bin/java @/opt/aragora/java.flags -Xlog:aot=info -jar /opt/aragora/aragora.jar version | grep -E 'Opened AOT cache'; }

starts_without_cache() {
  docker run --rm --network none -v /dev/null:/opt/aragora/aot/aragora.aot:ro "$(image app)" version | grep -F "aragora $(<"$root/VERSION")"
}

numeric_user() { docker image inspect -f '{{.Config.User}}' "$(image "$1")" | grep -xE '[1-9][0-9]*:[1-9][0-9]*'; }

# A fresh named volume takes its owner from the image: Java, and PostgreSQL's own tools, can write to it.
new_volumes_are_writable() {
  docker run --rm --network none --read-only -v "$volume-app:/var/lib/aragora" --entrypoint /opt/java/bin/java \
    "$(image app)" -Xlog:gc:file=/var/lib/aragora/written -version || return
  docker run --rm --network none --read-only -v "$volume-db:/var/lib/postgresql" --entrypoint /bin/bash \
    "$(image db)" -c 'touch /var/lib/postgresql/written && [[ -O /var/lib/postgresql ]]'
}

every_image() {
  local name
  for name in "${names[@]}"; do "$1" "$name" || { echo "aragora/$name: $1 is not so" && return 1; }; done
}

no_setuid() { ! listing_of "$1" | grep -E '^-..[sS]|^-.....[sS]'; }

no_volume() { [[ "$(docker image inspect -f '{{json .Config.Volumes}}' "$(image "$1")")" == null ]]; }

labels() {
  docker image inspect -f '{{json .Config.Labels}}' "$(image "$1")" |
    jq -e --arg version "$(<"$root/VERSION")" '."org.opencontainers.image.version" == $version and ."org.opencontainers.image.revision" != null'
}

schema_label_is_true() {
  local label
  label="$(docker image inspect -f '{{index .Config.Labels "io.aragora.schema.newest"}}' "$(image app)")"
  run_in app /opt/java/bin/java -jar /opt/aragora/aragora.jar version --json | jq -e --arg carried "$label" '.schema == $carried'
}

no_secret_in_history() {
  ! docker history --no-trunc --format '{{.CreatedBy}}' "$(image "$1")" | grep -iE 'password=|secret=|token=|BEGIN .*PRIVATE' &&
    ! listing_of "$1" | grep -E '(\.key|\.p12|id_[a-z0-9]+|\.env)$'
}

copies_only() { ! grep -nE '^ *ADD |:latest' "${dockerfiles[@]}"; }

probe_is_static() {
  docker image inspect -f '{{json .Config.Healthcheck.Test}}' "$(image app)" | grep -F '/usr/local/bin/' || return
  # Nobody listens in this container, so the probe must say no, at once and by itself.
  local said
  said="$(run_in app /usr/local/bin/probe 8080 /health/ready 2>&1)" && return 1
  [[ "$said" == *"nobody listens"* ]]
}

healthcheck() { docker image inspect -f '{{json .Config.Healthcheck.Test}}' "$(image "$1")" | grep -vE 'null|curl|wget'; }

at_most() {
  local bytes
  bytes="$(docker image inspect -f '{{.Size}}' "$(image "$1")")"
  printf 'aragora/%s: %d MB (at most %d)\n' "$1" "$((bytes / 1000000))" "$2"
  ((bytes <= $2 * 1000000))
}

no_jit() { ! files_in db | grep -iE 'libLLVM|llvmjit' && run_in db grep -rhE '^jit *= *off' /opt/aragora; }

sbom() {
  local found
  found="$(sbom_of "$1" | jq -s '[.[] | select(.bomFormat == "CycloneDX") | .components | length] | add // 0')"
  printf 'aragora/%s: %d components\n' "$1" "$found"
  ((found > 0))
}

# The step that builds the jar, run again from scratch, must give the same files with the same times.
same_jar_twice() {
  local first second
  first="$(digest_of_build one)" && second="$(digest_of_build two)" || return
  printf '%s\n%s\n' "$first" "$second"
  [[ -n "$first" && "$first" == "$second" ]]
}

names_no_architecture() { ! grep -nE 'amd64|x86_64|aarch64|arm64' "${dockerfiles[@]}" "$root"/server/image/*; }

main() {
  local name
  have_images
  prove D01 "the app image has no shell, package manager or compiler" no_shell
  prove D01 "every base is an argument" bases_are_arguments
  prove D02 "a runtime of only the modules it uses" modules_are_needed
  prove D02 "app image size" at_most app 180
  prove D03 "the AOT cache is used" cache_is_used
  prove D03 "a start without it works" starts_without_cache
  prove D04 "numeric users" every_image numeric_user
  prove D04 "new volumes belong to who writes them" new_volumes_are_writable
  prove D05 "no setuid or setgid files" every_image no_setuid
  prove D06 "no VOLUME" every_image no_volume
  prove D06 "labels" every_image labels
  prove D06 "the label of the schema is what the program carries" schema_label_is_true
  prove D06 "no secrets in history or files" every_image no_secret_in_history
  prove D06 "COPY, never ADD or latest" copies_only
  prove D07 "the app's probe is a small program of its own" probe_is_static
  prove D07 "a health check in each core image" every_image healthcheck
  prove D08 "db image size" at_most db 260
  prove D08 "no JIT" no_jit
  prove D09 "a bill of materials in each image" every_image sbom
  prove D10 "the same jar layer from two builds" same_jar_twice
  prove D11 "no file names an architecture" names_no_architecture
  skip "D11 amd64 and arm64 in one manifest" "needs a machine of each kind and a registry"
  skip "D09 vulnerability gate" "its database is not in any registry this can rely on"
}

trap discard EXIT
all_of main
summary
