#!/usr/bin/env bats
# Which flags the server is started with: a cache of classes is used, recorded or left alone.

bats_require_minimum_version 1.5.0

# A copy of the script with a jar of its own, and a java that prints its arguments.
setup() {
  root="$BATS_TEST_TMPDIR/a root"
  cache="$BATS_TEST_TMPDIR/data/aragora.aot"
  mkdir -p "$root/ops/lib" "$root/server/target" "$root/jdk/bin" "$(dirname "$cache")"
  cp "$BATS_TEST_DIRNAME/../aragora" "$root/ops"
  cp "$BATS_TEST_DIRNAME/../lib/common.sh" "$root/ops/lib"
  touch -d yesterday "$root/server/target/aragora.jar"
  cat >"$root/jdk/bin/java" <<'JAVA'
#!/usr/bin/env bash
if [[ "$1" == -version ]]; then echo 'openjdk version "25"' >&2; else printf '%s\n' "$@"; fi
JAVA
  cp "$root/jdk/bin/java" "$root/jdk/bin/javac"
  chmod +x "$root/jdk/bin/java" "$root/jdk/bin/javac"
  export JAVA_HOME="$root/jdk" AOT_CACHE="$cache"
}

@test "a first server records a cache" {
  run -0 "$root/ops/aragora" serve
  [[ "$output" == *"-XX:AOTCacheOutput=$cache.new"* && "$output" != *"-XX:AOTCache="* ]]
}

@test "the next server starts from what the first one left" {
  echo classes >"$cache.new"
  run -0 "$root/ops/aragora" serve
  [[ "$output" == *"-XX:AOTCache=$cache"* && "$output" != *AOTCacheOutput* && -s "$cache" ]]
}

@test "a cache older than the jar is recorded again" {
  echo classes >"$cache"
  touch "$root/server/target/aragora.jar" -d tomorrow
  run -0 "$root/ops/aragora" serve
  [[ "$output" == *"-XX:AOTCacheOutput=$cache.new"* ]]
}

@test "a cache that is still being written is left alone" {
  touch "$cache.new" "$cache.new.config"
  run -0 "$root/ops/aragora" serve
  [[ "$output" != *-XX:AOT* ]]
}

@test "what a killed run left half written is recorded again" {
  touch -d yesterday "$cache.new.config"
  run -0 "$root/ops/aragora" serve
  [[ "$output" == *"-XX:AOTCacheOutput=$cache.new"* && ! -e "$cache.new.config" ]]
}

@test "a data folder that is not there yet, or AOT_CACHE=off, starts without" {
  AOT_CACHE=off run -0 "$root/ops/aragora" serve
  [[ "$output" != *-XX:AOT* ]]
  AOT_CACHE="$BATS_TEST_TMPDIR/none/aragora.aot" run -0 "$root/ops/aragora" serve
  [[ "$output" != *-XX:AOT* ]]
}

@test "verbs other than serve have nothing to do with it" {
  run -0 "$root/ops/aragora" version
  [[ "$output" != *-XX:AOT* ]]
}
