#!/usr/bin/env bats
# Dashboards, rules and start scripts of the monitoring, without a running stack.

bats_require_minimum_version 1.5.0

setup() {
  root="$BATS_TEST_DIRNAME/../.."
  copy="$BATS_TEST_TMPDIR/tree"
}

copy_tree() {
  mkdir -p "$copy/docs"
  cp -r "$root/grafana" "$copy/grafana"
  cp -r "$root/docs/runbooks" "$copy/docs/runbooks"
}

@test "dashboards are what their sources make" {
  "$root/grafana/build" --check
}

@test "a changed source makes its dashboard stale" {
  copy_tree
  sed -i 's/"Overview"/"Survey"/' "$copy/grafana/source/overview.jq"
  run -1 "$copy/grafana/build" --check
  [[ "$output" == *"stale: grafana/dashboards/overview.json"* ]]
}

@test "a panel cannot point at a runbook that is not there" {
  copy_tree
  rm "$copy/docs/runbooks/clock-off.md"
  run ! "$copy/grafana/build" --check
  [[ "$output" == *"no runbook: ClockOff"* ]]
}

@test "no two dashboards share an id, and panels of one have ids of their own" {
  [[ -z "$(jq -r .uid "$root"/grafana/dashboards/*.json | sort | uniq -d)" ]]
  jq -es 'all((.panels | map(.id)) as $ids | ($ids | unique | length) == ($ids | length))' "$root"/grafana/dashboards/*.json
}

@test "every panel but text and rows says what it shows" {
  jq -es '[.[].panels[] | select(.type | IN("row", "text") | not)] | length > 80 and all(.description != "" and .title != "")' \
    "$root"/grafana/dashboards/*.json
}

@test "every alert has a severity, a summary and a page that exists" {
  local page
  [[ "$(cat "$root"/grafana/prometheus/rules/*.yml | grep -c 'alert: ')" == "$(cat "$root"/grafana/prometheus/rules/*.yml | grep -c 'runbook_url: ')" ]]
  while read -r page; do [[ -f "$root/$page" ]] || { echo "missing: $page" && false; }; done \
    < <(sed -n 's/.*runbook_url: //p' "$root"/grafana/prometheus/rules/*.yml)
}

@test "a host name that is none does not get into a configuration" {
  ARAGORA_HOSTNAME='x", insecure: "y' run -2 "$root/grafana/prometheus/start" prometheus
  [[ "$output" == *"not the name of a host"* ]]
}

# alertmanager_config: what `start` writes with the settings in the environment.
alertmanager_config() {
  ALERTMANAGER_BASE="$root/grafana/alertmanager/alertmanager.yml" ALERTMANAGER_CONFIG="$BATS_TEST_TMPDIR/am.yml" \
    "$root/grafana/alertmanager/start" --version
}

require_alertmanager() { command -v amtool >/dev/null || skip "the package prometheus-alertmanager is not installed"; }

@test "alerts by mail need a mail server" {
  ALERT_EMAIL_TO=a@b.example run -2 alertmanager_config
  [[ "$output" == *"needs ARAGORA_SMTP_HOST"* ]]
}

@test "without a setting Alertmanager works and says that nobody is told" {
  require_alertmanager
  run -0 alertmanager_config
  [[ "$output" == *"nobody is told"* ]]
  amtool check-config "$BATS_TEST_TMPDIR/am.yml"
}

@test "whatever stands in a setting stays one string" {
  require_alertmanager
  export ALERT_EMAIL_TO="o'hara+x@b.example" ARAGORA_SMTP_HOST=mail.example ARAGORA_SMTP_FROM="a: b <c@d.example>"
  run -0 alertmanager_config
  [[ "$output" != *"nobody is told"* ]]
  amtool check-config "$BATS_TEST_TMPDIR/am.yml"
  grep -F "to: 'o''hara+x@b.example'" "$BATS_TEST_TMPDIR/am.yml"
}

@test "scripts say how they are used" {
  local script
  for script in build test; do
    run -0 "$root/grafana/$script" --help
    [[ "$output" == "usage: grafana/$script"* ]]
    run -2 "$root/grafana/$script" --wrong
  done
}
