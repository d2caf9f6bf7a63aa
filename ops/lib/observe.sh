#!/usr/bin/env bash
# What checks of the monitoring share: asking the running Prometheus. Needs stack.sh first.

: "${root:?}"
monitoring_services=(prometheus edge-probe node-exporter alertmanager postgres-exporter)

# The containers of the monitoring, without Grafana.
monitoring() {
  local service
  for service in "${monitoring_services[@]}"; do containers "$service"; done
}

start_monitoring() {
  local service
  say "starting the stack and its monitoring"
  compose --profile obs up -d app edge "${monitoring_services[@]}" >&2
  for service in app edge "${monitoring_services[@]}"; do
    wait_healthy 180 "$(containers "$service" | head -n 1)"
  done
}

# query_path PATH [curl-like arguments]: what Prometheus answers; asked from inside, for it is not published.
query_path() {
  docker exec "$(containers prometheus)" bash -c '
    exec 3<>/dev/tcp/127.0.0.1/9090
    printf "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" "$1" >&3
    sed "1,/^\r$/d" <&3' _ "$1"
}

query() { query_path "/api/v1/query?query=$(jq -rn --arg it "$1" '$it | @uri')"; }

# The status line of /metrics, asked by Prometheus's container with this header or none.
scrape_status() {
  docker exec "$(containers prometheus)" bash -c '
    exec 3<>/dev/tcp/app/8081
    printf "GET /metrics HTTP/1.1\r\nHost: app\r\nConnection: close\r\n%s\r\n" "${1:+$1
}" >&3
    read -r -t 5 _ status _ <&3
    printf "%s\n" "$status"' _ "${1:+${1#--header=}$'\r'}"
}

# Every expression of every dashboard, with variables and Grafana's own words filled in.
expressions() {
  # shellcheck disable=SC2016 # the dollars are Grafana's
  jq -r '.. | objects | select(has("expr")) | .expr' "$root"/grafana/dashboards/*.json |
    sed -e 's/\$__rate_interval/1m/g' -e 's/\$__range/6h/g' -e 's/\$\(node\|operation\)/.*/g' | sort -u
}

# ask_each: for each line of a question, encoded, one of: answered, empty, or what Prometheus says against it.
ask_each() {
  docker exec -i "$(containers prometheus)" bash -c '
    while IFS= read -r question; do
      exec 3<>/dev/tcp/127.0.0.1/9090
      printf "GET /api/v1/query?query=%s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" "$question" >&3
      answer="$(sed "1,/^\r$/d" <&3)"
      case "$answer" in
        *"\"result\":[]"*) echo empty ;;
        *"\"status\":\"success\""*) echo answered ;;
        *) echo "${answer:-nothing}" ;;
      esac
    done'
}

every_expression_answers() {
  local expression answer bad=0 all=0 empty=0
  while IFS=$'\t' read -r answer expression; do
    all=$((all + 1))
    case "$answer" in
      answered) ;;
      empty)
        empty=$((empty + 1))
        printf 'no data yet: %s\n' "$expression"
        ;;
      *)
        printf 'not answered: %s: %s\n' "$expression" "$answer"
        bad=1
        ;;
    esac
  done < <(paste <(expressions | jq -Rr @uri | ask_each) <(expressions))
  printf '%d expressions, %d without data yet\n' "$all" "$empty"
  ((bad == 0 && all > 100))
}

# The secrets the monitoring holds, one a line.
monitoring_secrets() {
  local name
  for name in metrics-token admin-password; do
    docker exec "$(containers prometheus)" cat "/run/secrets/$name"
    printf '\n'
  done
}

admin_password_is_random() {
  local password
  password="$(docker exec "$(containers prometheus)" cat /run/secrets/admin-password)"
  ((${#password} >= 20)) && [[ "$password" != *admin* ]] &&
    compose --profile obs config | grep -q 'GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/admin-password'
}

every_alert_has_its_page() {
  local bad=0 name page severity
  while IFS=$'\t' read -r name severity page; do
    [[ "$severity" =~ ^(critical|warning|info|none)$ && -f "$root/$page" ]] || { printf '%s: %s %s\n' "$name" "$severity" "$page" && bad=1; }
  done < <(query_path /api/v1/rules | jq -r '.data.groups[].rules[] | select(.type == "alerting")
    | [.name, .labels.severity, (select(.annotations.summary != "") | .annotations.runbook_url)] | @tsv')
  ((bad == 0))
}

certificates_are_known() {
  query 'aragora:certificate:end_seconds - time() > 0' | jq -e '[.data.result[].metric.certificate] | length >= 2 and index("edge") != null'
}
