#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2034 # ops/smoke and smoke.sh set and read what is shared
# What only whoever runs the stack can do in a smoke test: make and erase its workspaces, restart a node, read metrics.
# Needs smoke.sh and stack.sh.

container() { containers "$1" --filter status=running | head -n 1; }

# find_stack: fills url, plain, address and connect from the stack that runs here.
find_stack() {
  local host published bound
  [[ -n "$(container edge)" && -n "$(container app)" ]] ||
    { say "no stack runs here: docker compose up -d --wait, or say --url" && exit 3; }
  app_image="$(docker inspect -f '{{.Config.Image}}' "$(container app)")"
  host="$(env_value ARAGORA_HOSTNAME localhost)"
  published="$(compose port edge 8443)" || published=""
  if [[ "$(env_value TLS_MODE internal)" == proxy || -z "$published" ]]; then
    say "TLS ends in front of this stack: say --url with the address people use, and --key-file"
    exit 3
  fi
  bound="${published%:*}"
  [[ "$bound" != 0.0.0.0 && "$bound" != "[::]" && "$bound" != "::" ]] || bound=127.0.0.1
  url="https://$host:${published##*:}"
  plain="http://$host:$(compose port edge 8080 | sed 's/.*://')"
  address=(--resolve "$host:${published##*:}:$bound" --resolve "${plain#http://}:$bound")
  connect=("${address[@]}")
  if [[ -z "$ca" && "$(env_value TLS_MODE internal)" == internal ]]; then
    docker cp -L "$(container edge):/run/certificates/root.crt" "$work/root.crt" >/dev/null ||
      { say "the root certificate cannot be read from the edge" && exit 3; }
    ca="$work/root.crt"
  fi
}

# patiently COMMAND...: a machine that is busy may let nobody into the database at first (8); asked at most three times.
patiently() {
  local code left=3
  while ((left-- > 0)); do
    code=0
    "$@" || code=$?
    ((code == 8)) || break
  done
  return "$code"
}

# Two, so that one may try to see into the other; whatever was made is erased at the end.
make_workspaces() {
  patiently make_both && keep_key one "$(tail -n 2 "$work/made" | head -n 1 | jq -er .key)" &&
    keep_key two "$(tail -n 1 "$work/made" | jq -er .key)"
}

# What was made is known even where making broke off.
know_workspaces() {
  [[ -z "${asides[make]:-}" ]] || wait "${asides[make]}" || true
  [[ -s "$work/made" ]] || return 0
  workspaces="$(jq -er .workspace_id "$work/made" | paste -sd ' ')" && rm "$work/made"
}

make_both() { aragora workspace make smoke "smoke, the other" --json >>"$work/made"; }

erase_workspaces() {
  patiently erase_all && workspaces="" && as one && call GET /api/v1/me "${caller[@]}" && gives 401 unauthenticated
}

# One that is gone already (6) was erased by a try before.
erase_all() {
  local id code=0
  # shellcheck disable=SC2086 # ids
  aragora workspace erase $workspaces --yes || code=$?
  ((code == 6)) || return "$code"
  for id in $workspaces; do
    code=0
    aragora workspace erase "$id" --yes || code=$?
    ((code == 0 || code == 6)) || return "$code"
  done
}

# No core service but the database has a shell; it is on the server's network. The server keeps the line open for
# some seconds, so the length it tells is read and no more.
metrics() {
  local token
  # The server has its hash only; the job that made it can be asked although it has ended.
  token="$(docker cp -L "$(containers init-obs | head -n 1):/init/obs/metrics-token" - | tar -xO)" || return 1
  # shellcheck disable=SC2016 # for the shell in there
  compose exec -T db bash -c 'exec 3<>/dev/tcp/app/8081 &&
    printf "GET /metrics HTTP/1.1\r\nHost: app\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n" "$1" >&3 &&
    while IFS= read -r -t 10 line <&3 && line="${line%$'"'\r'"'}" && [[ -n "$line" ]]; do
      echo "$line"
      case "${line,,}" in content-length:*) length="${line##* }" ;; esac
    done && timeout 10 head -c "${length:?no length was told}" <&3' - "$token" >"$work/metrics" || return 1
  grep -q '^aragora_debates_opened' "$work/metrics" || { head -n 1 "$work/metrics" && return 1; }
  grep -q '^aragora_http_request_seconds' "$work/metrics"
}

# What was there before is there after, byte by byte, and the next debate can be asked.
survives_restart() {
  as one && fetch "/api/v1/receipts/$receipt_id/export?format=json" before.json && compose restart app &&
    wait_ready && fetch "/api/v1/receipts/$receipt_id/export?format=json" after.json &&
    cmp "$work/before.json" "$work/after.json" && call GET "/api/v1/debates/$debate_id" "${caller[@]}" && gives 200
}

wait_ready() {
  local end=$((SECONDS + 120))
  until call GET /health/ready && gives 200; do
    ((SECONDS < end)) || return 1
    sleep 0.3
  done
}

check_stack() {
  join meters "metrics are there" || true
  if [[ -n "$restart" ]]; then
    try "a restart of the server loses nothing" survives_restart || true
  else
    leave "a restart of the server loses nothing" "not asked for: --no-restart"
  fi
}

clean_up() {
  [[ -n "$workspaces" ]] || return 0
  if [[ -n "$keep" ]]; then
    leave "the smoke test's workspaces are erased" "--keep: aragora workspace erase $workspaces --yes"
    workspaces=""
  else
    try "the smoke test's workspaces and keys are erased" erase_workspaces || true
  fi
}
