#!/usr/bin/env bash
# Builds, starts and stops a server that keeps all it has in one data folder. Needs common.sh first.

: "${root:?}" "${data:=$root/.aragora}"

jar_is_stale() {
  local jar="$root/server/target/aragora.jar"
  [[ ! -f "$jar" ]] ||
    [[ -n "$(find "$root/server/src/main" "$root/server/pom.xml" "$root/pom.xml" "$root/VERSION" \
      -newer "$jar" -print -quit)" ]]
}

build_jar() {
  local log="$data/build.log"
  say "building (log: $log)"
  find_maven
  "$root/ops/mvn" -q -Dmaven.test.skip=true package >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    die "the build failed; all of it is in $log"
  }
  touch "$root/server/target/aragora.jar"
}

# note NAME: a value out of what the running server left in its data folder.
note() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$data/server.json" 2>/dev/null || true; }

# The process that serves this data folder, if it lives.
server_pid() {
  local pid
  pid="$(cat "$data/server.pid" 2>/dev/null)" || return 1
  [[ -r "/proc/$pid/cmdline" ]] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "--embedded $data" && printf '%s\n' "$pid"
}

server_is_ready() {
  local pid
  pid="$(server_pid)" && [[ "$(note pid)" == "$pid" ]]
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port PORT: that one, or the next that nobody listens on.
free_port() {
  local port="$1"
  while port_is_taken "$port"; do port=$((port + 1)); done
  printf '%s\n' "$port"
}

# choose_port VARIABLE DEFAULT NOT: exports a port unless the environment has one already.
choose_port() {
  local port
  [[ -z "${!1:-}" ]] || return 0
  port="$(free_port "$2")"
  [[ "$port" != "${3:-}" ]] || port="$(free_port $((port + 1)))"
  [[ "$port" == "$2" ]] || say "port $2 is taken: using $port"
  export "$1=$port"
}

start_server() {
  local pid end=$((SECONDS + ${1:-120}))
  choose_port ARAGORA_HTTP_PORT 8080
  choose_port ARAGORA_MANAGEMENT_PORT 8081 "$ARAGORA_HTTP_PORT"
  rm -f "$data/server.json"
  AOT_CACHE="${AOT_CACHE:-$data/aragora.aot}" setsid "$root/ops/aragora" serve --embedded "$data" </dev/null >>"$data/server.log" 2>&1 9>&- &
  pid=$!
  printf '%s\n' "$pid" >"$data/server.pid"
  until server_is_ready; do
    if ! kill -0 "$pid" 2>/dev/null || ((SECONDS >= end)); then
      tail -n 20 "$data/server.log" >&2
      stop_server
      die "the server did not start; all it said is in $data/server.log"
    fi
    sleep 0.3
  done
}

# The PostgreSQL processes of this data folder: each has it as its working directory.
database_pids() {
  local process where
  for process in /proc/[0-9]*; do
    where="$(readlink "$process/cwd" 2>/dev/null)" || continue
    if [[ "$where" == "$data/postgres/data" && "$(<"$process/comm")" == postgres ]]; then
      basename "$process"
    fi
  done
}

# end_processes SECONDS PID...: asks, waits with a bound, then forces.
end_processes() {
  local end=$((SECONDS + $1)) pid
  shift
  kill "$@" 2>/dev/null || true
  for pid in "$@"; do
    while kill -0 "$pid" 2>/dev/null; do
      if ((SECONDS >= end)); then
        say "process $pid does not stop: ending it by force"
        kill -KILL "$pid" 2>/dev/null || true
        end=$((SECONDS + 10))
      fi
      sleep 0.1
    done
  done
}

# Leaves no process; a server that was killed before may have left its database running.
stop_server() {
  local pid pids
  if pid="$(server_pid)"; then
    # A first run takes a few seconds more: it leaves the cache of its classes for the next start.
    end_processes 60 "$pid"
  fi
  mapfile -t pids < <(database_pids)
  ((${#pids[@]} == 0)) || end_processes 20 "${pids[@]}"
  rm -f "$data/server.pid" "$data/server.json"
}
