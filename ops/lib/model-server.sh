#!/usr/bin/env bash
# Starts and stops a real small model behind an OpenAI-compatible API on loopback: model-server.sh start|stop|url
set -euo pipefail

lib="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=ops/lib/tools.sh
source "$lib/tools.sh"

port="${MODEL_SERVER_PORT:-18435}"
address="http://127.0.0.1:$port"
pid_file="$tools/model-server-$port.pid"

# Whether the process we noted is still our server, and not another one with a used-up number.
is_running() {
  [[ -f "$pid_file" ]] && tr '\0' ' ' <"/proc/$(<"$pid_file")/cmdline" 2>/dev/null | grep -q model-server.py
}

start() {
  if is_running; then
    say "the model server already runs"
    return
  fi
  ensure_model_server || die "the model server's packages cannot be had (see above)"
  curl -s "$address/health" >/dev/null 2>&1 && die "port $port is taken: set MODEL_SERVER_PORT"
  "$tools/model/bin/python" "$lib/model-server.py" --port "$port" >"$tools/model-server.log" 2>&1 &
  printf '%s' "$!" >"$pid_file"
  wait_for 60 "the start of the model server (log: .tools/model-server.log)" curl -sf "$address/health"
  say "model server ready at $address/v1"
}

stop() {
  if is_running; then
    kill "$(<"$pid_file")"
    wait_for 15 "the end of the model server" is_gone
  fi
  rm -f "$pid_file"
}

is_gone() { ! is_running; }

main() {
  case "${1:-}" in
    start) start ;;
    stop) stop ;;
    url) printf '%s/v1\n' "$address" ;;
    *) die "usage: model-server.sh start|stop|url" ;;
  esac
}

main "$@"
