#!/usr/bin/env bats
# The images are named, and the parts of their builds that need no engine do what they say.

bats_require_minimum_version 1.5.0

setup() {
  root="$(cd "$BATS_TEST_DIRNAME/../.." && pwd)"
}

@test "--help tells the options and the exit codes" {
  run -0 "$root/ops/images" --help
  [[ "$output" == *--prebuilt* && "$output" == *"Exit codes"* ]]
}

@test "the core images are listed, each with a Dockerfile that exists" {
  run -0 "$root/ops/images" --list
  [[ "${lines[0]} ${lines[1]} ${lines[2]}" == "app db edge" ]]
}

@test "an image that does not exist is named, with those that do" {
  run -2 "$root/ops/images" nix
  [[ "$output" == *"no such image: nix"* && "$output" == *app* ]]
}

@test "an unknown option changes nothing" {
  run -2 "$root/ops/images" --fast
}

@test "a dry run prints the command with this tree's version and schema" {
  run -0 "$root/ops/images" --dry-run app
  [[ "$output" == *"docker build"*"aragora/app:$(<"$root/VERSION")"* ]]
  migrations=("$root"/server/src/main/resources/db/migration/V*.sql)
  newest="${migrations[-1]##*/V}"
  [[ "$output" == *"SCHEMA=${newest%%__*}"* ]]
}

@test "the version in each Dockerfile is this tree's" {
  for file in "$root"/server/Dockerfile "$root"/tls/Dockerfile "$root"/backup/Dockerfile; do
    grep -qx "ARG VERSION=$(<"$root/VERSION")" "$file"
  done
}

@test "the bill of materials of installed packages is CycloneDX with versions" {
  run -0 "$root/ops/lib/dpkg-sbom" libc6 bash
  jq -e '.bomFormat == "CycloneDX" and (.components | length == 2) and all(.components[]; .version != "" and (.purl | startswith("pkg:deb/")))' <<<"$output"
}

@test "a package that is not installed makes the bill of materials fail" {
  run ! "$root/ops/lib/dpkg-sbom" no-such-package
}

@test "the health probe tells 200 from all else" {
  gcc -static -Os -Wall -Wextra -Werror -o "$BATS_TEST_TMPDIR/probe" "$root/tls/probe.c"
  cd "$BATS_TEST_TMPDIR" && echo fine >ready
  python3 -m http.server --bind 127.0.0.1 18473 3>&- >/dev/null 2>&1 &
  server=$!
  for _ in {1..100}; do ./probe 18473 /ready && break || sleep 0.1; done
  run -0 ./probe 18473 /ready
  run -1 ./probe 18473 /missing
  [[ "$output" == *"answered 404"* ]]
  kill "$server"
  run -1 ./probe 18474 /ready
  [[ "$output" == *"nobody listens"* ]]
  run -2 ./probe none /ready
  run -2 ./probe 8080
}
