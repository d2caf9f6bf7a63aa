#!/usr/bin/env bash
# shellcheck disable=SC2154 # root, work and the project come from T.sh
# The checks of TLS on a whole stack. Sourced by T.sh, with edge.sh.

edge_at() { printf '127.0.0.1:%s' "$HTTPS_PORT"; }

stack_comes_up() {
  stack up -d && all_well db app edge && docker cp -L "$(one edge):/run/certificates/root.crt" "$work/root.crt" >/dev/null
}

ask() { curl -sS --max-time 20 --cacert "$work/root.crt" "$@"; }

# The root signs, and its key is where no service that runs can see it.
https_from_the_start() {
  local mounts
  ask -f "https://localhost:$HTTPS_PORT/health/ready" >"$work/answer" && openssl s_client -connect "$(edge_at)" -servername localhost \
    -showcerts </dev/null 2>/dev/null >"$work/chain" && (($(grep -c 'BEGIN CERTIFICATE' "$work/chain") == 2)) || return
  mounts="$(docker inspect -f '{{range .Mounts}}{{.Name}} {{end}}' "$(one edge)" "$(one app)" "$(one db)")"
  [[ "$mounts" != *secrets-ca* ]]
}

lives_as_said() {
  local leaf
  leaf="$(shown "$(edge_at)" localhost | days_of)" && docker cp -L "$(one edge):/run/certificates/edge.crt" "$work/intermediate.crt" >/dev/null &&
    echo "leaf $leaf, intermediate $(days_of <"$work/intermediate.crt"), root $(days_of <"$work/root.crt") days" &&
    ((leaf == 90)) && (($(days_of <"$work/intermediate.crt") / 365 == 5)) && (($(days_of <"$work/root.crt") / 365 == 10))
}

http_only_redirects() {
  local path got
  for path in / /api/v1/me /health/live '/openapi.json?x=1'; do
    got="$(curl -sS -o "$work/answer" -w '%{http_code} %{redirect_url}' -H 'Host: evil.test' "http://127.0.0.1:$HTTP_PORT$path")" || return
    [[ "$got" == "308 https://localhost:$HTTPS_PORT$path" ]] || { echo "$got" && return 1; }
  done
}

# A rate limit by address shows what the server takes for the caller's: forged addresses share the one limit.
names_and_headers() {
  local got
  got="$(ask -o "$work/answer" -w '%{http_code}' -H 'Host: evil.test' "https://localhost:$HTTPS_PORT/health/ready")" && [[ "$got" == 421 ]] || return
  got="$(ask -o "$work/answer" -w '%{http_code}' -H 'X-Forwarded-Host: evil.test' -H 'X-Forwarded-Proto: http' \
    -H 'Forwarded: host=evil.test' "https://localhost:$HTTPS_PORT/api/v1/oidc")" && ! grep -q evil "$work/answer"
}

hsts_of() { ask -D - -o "$work/answer" "$@" | tr -d '\r' | sed -n 's/^strict-transport-security: //Ip'; }

hsts_is_a_choice() {
  [[ -z "$(hsts_of "https://localhost:$HTTPS_PORT/health/live")" ]] || return
  HSTS=on stack up -d && all_well edge && [[ "$(hsts_of "https://localhost:$HTTPS_PORT/health/live")" == max-age=31536000* ]] || return
  stack up -d && all_well edge
}

# In the database's own network, as an intruder there would come.
database_refuses() {
  local as
  for as in "sslmode=disable user=aragora_app" "sslmode=require user=aragora_app" "sslmode=require user=postgres"; do
    docker run --rm --network "${COMPOSE_PROJECT_NAME}_data" --entrypoint psql "$(told db '{{.Config.Image}}')" \
      "host=db dbname=aragora connect_timeout=10 $as" -c 'select 1' >"$work/answer" 2>&1 && { echo "let in: $as" && return 1; }
    grep -qE 'no pg_hba.conf entry|requires a valid client certificate|certificate authentication failed' "$work/answer" || { cat "$work/answer" && return 1; }
  done
}

database_rules() {
  local rules
  rules="$(stack exec -T db psql -XAtq -U postgres -d aragora -c "select type, array_to_string(database, ','), auth_method from pg_hba_file_rules")" &&
    printf '%s\n' "$rules" && grep -q '^hostssl|.*|cert' <<<"$rules" && ! grep -vE '^(local\|.*\|peer|hostssl\|.*\|cert)' <<<"$rules"
}

metrics_are_inside() {
  docker ps --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --format '{{.Ports}}' | grep -E '8081->|8082->|9090->' && return 1
  # shellcheck disable=SC2016 # for the shell in there
  stack exec -T db bash -c 'exec 3<>/dev/tcp/app/8081 && printf "GET /metrics HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n" >&3 &&
    timeout 5 head -n 1 <&3' | tee "$work/answer" && grep -q ' 401' "$work/answer"
}

# An edge with a certificate of an authority nobody knows, as a sign-in provider of the house might have.
private_provider() {
  run_edge private "${COMPOSE_PROJECT_NAME}_app" --network-alias decide.test -e TLS_MODE=byo -e ARAGORA_HOSTNAME=decide.test \
    -v "$TLS_DIR:/run/tls:ro" && mkdir -p "$work/roots" && chmod 755 "$work/roots"
}

# What the server says about the provider when it is asked to send somebody there.
provider_fault() {
  ARAGORA_OIDC_ISSUER=https://decide.test:8443 ARAGORA_OIDC_CLIENT_ID=test ARAGORA_EGRESS_ALLOW=https://decide.test:8443 \
    EXTRA_CA_DIR="$work/roots" stack up -d >"$work/up" 2>&1 && all_well app edge || return
  ask -o "$work/answer" "https://localhost:$HTTPS_PORT/api/v1/oidc/start" && docker logs "$(one app)" 2>&1 |
    grep 'sign-in provider cannot be used' | tail -n 1 | tee "$work/fault"
}

private_authority() {
  private_provider && provider_fault && grep -q PKIX "$work/fault" && install -m 644 "$work/own.crt" "$work/roots/own.crt" || return
  # The folder is read at the start.
  docker restart "$(one app)" >/dev/null && provider_fault && ! grep -q PKIX "$work/fault"
}

# What is told must be when the certificate that people get ends.
expiry_is_told() {
  local probe told until
  stack --profile obs up -d edge-probe && all_well edge-probe || return
  probe="$(docker inspect -f "{{(index .NetworkSettings.Networks \"${COMPOSE_PROJECT_NAME}_obs\").IPAddress}}" "$(one edge-probe)")" &&
    told="$(curl -sS --max-time 20 "http://$probe:9115/probe?module=edge&target=https://edge:8443/health/ready" |
      awk '$1 == "probe_ssl_earliest_cert_expiry" { printf "%d", $2 }')" &&
    until="$(date -d "$(shown "$(edge_at)" localhost | openssl x509 -noout -enddate | cut -d= -f2)" +%s)" &&
    echo "told ${told:-nothing}, is $until" && [[ "$told" == "$until" ]]
}

# Each alert is made to fire by figures of its own.
expiry_alerts() { "$root/grafana/test" && grep -q CertificateEnds "$root"/grafana/prometheus/tests/*.yml; }
