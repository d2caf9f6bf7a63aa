#!/usr/bin/env bash
# Shows every requirement of .env.example (E01-E07) with the image's own table of settings and both Composes.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d /tmp/are.XXXX)"
# shellcheck source=ops/lib/checks.sh
source "$root/ops/lib/checks.sh"
# shellcheck source=ops/lib/common.sh
source "$root/ops/lib/common.sh"
# shellcheck source=ops/lib/engine.sh
source "$root/ops/lib/engine.sh"
# shellcheck source=ops/lib/compose.sh
source "$root/ops/lib/compose.sh"

example="$root/.env.example"
config() { "$root/ops/config" --file "$work/env" "$@"; }
write() { printf '%s\n' "$@" >"$work/env"; }
settings() { grep -vE '^(#|$)' "$example"; }

is_short() { (($(settings | wc -l) <= 25)) && config check --schema; }

holds_no_secret() {
  ! settings | grep -iE '=.*(changeme|secret|password|letmein|admin)|(PASSWORD|KEY|SECRET|TOKEN)=.'
}

# A comment above each line: what, type, what is allowed, default, when it takes effect.
says_all() {
  awk '/^#/ { above = $0; next }
    /=/ && above !~ /\(.+: .+; default: .+; takes effect: .+\)/ { print; bad = 1 } { above = "" } END { exit bad }' "$example"
}

warns_of_unknown() {
  write HTTPS_PROT=1
  config check | tee /dev/stderr | grep -qx 'warning: HTTPS_PROT is unknown; the nearest setting is HTTPS_PORT'
}

# Each bad value is told by its name, its class, and what is allowed.
mutations() {
  local words bad=0
  write HTTPS_PORT=eight HTTP_PORT=70000 TLS_MODE=always ACME_EMAIL=nobody APP_MEMORY=much ARAGORA_REHEARSAL=perhaps \
    ARAGORA_PUBLIC_URL=decide.example ARAGORA_OPENAI_KEY=sk-1
  if config check >"$work/said"; then return 1; fi
  while read -r words; do
    grep -F "error: $words" "$work/said" || { echo "not said: $words" && bad=1; }
  done <<'TABLE'
HTTPS_PORT is not a whole number; allowed: 1 to 65535
HTTP_PORT is a number too large; allowed: 1 to 65535
TLS_MODE is not one of the words known here; allowed: internal, acme, byo, proxy
ACME_EMAIL is no e-mail address; allowed: name@host
APP_MEMORY is no amount of memory; allowed: a number and m or g, such as 512m
ARAGORA_PUBLIC_URL is not an http or https URL
ARAGORA_REHEARSAL is neither on nor off; allowed: on or off
ARAGORA_OPENAI_KEY is a secret and must not stand here; put it in a file and set ARAGORA_OPENAI_KEY_FILE
TABLE
  ((bad == 0))
}

refuses_to_start() {
  docker run --rm --network none -e ARAGORA_LOG_LEVEL=loud "$(image)" serve >"$work/said" 2>&1 && return 1
  grep -F 'ARAGORA_LOG_LEVEL is not one of the words known here; allowed: error, warn, info, debug' "$work/said"
}

image() { printf '%s' "${IMG_APP:-aragora/app:$(<"$root/VERSION")}"; }

# survives VERSION VALUE...: hard values reach the container's environment as they were set. Not for 1.29: a quote beside
# a dollar, and ${NAME}, which it replaces in any quotes.
survives() {
  local value number=0 bad=0
  export COMPOSE="$1"
  # shellcheck disable=SC2016  # a dollar is what is tried
  for value in 'a$b' '#a' 'a #b' "it's" 'say "x"' 'me@home:/%' '$A $$B' 'a=b;c&d|e' ' spaced ' "${@:2}"; do
    number=$((number + 1))
    write COMPOSE_PROJECT_NAME=e
    config set ARAGORA_SMTP_USER "$value" 2>"$work/said" || { cat "$work/said" && return 1; }
    (unset compose_command && compose --project-directory "$root" --env-file "$work/env" config) >"$work/config" || return
    passed <"$work/config" | grep -qxF -- "$value" || { printf 'set %s, got %s\n' "$value" "$(passed <"$work/config")" && bad=1; }
  done
  ((bad == 0))
}

# What the container will get: Compose doubles each $ in what it prints.
passed() {
  python3 -c 'import sys, yaml
print(yaml.safe_load(sys.stdin)["services"]["app"]["environment"]["ARAGORA_SMTP_USER"].replace("$$", "$"))'
}

keeps_the_old() {
  rm -f "$work"/env*
  write "# mine" HTTPS_PORT=1
  config set HTTPS_PORT 443 && grep -qx '# mine' "$work/env" && grep -qx HTTPS_PORT=443 "$work/env" && grep -rqx HTTPS_PORT=1 "$work"/env.*
}

works_as_it_is() {
  cp "$example" "$work/env"
  [[ -z "$(config check)" ]] && compose --project-directory "$root" --env-file "$work/env" config --quiet
}

main() {
  trap 'rm -rf "$work"' EXIT
  start_engine "${ENGINE_DIR:-/var/tmp/aragora-engine}"
  install_commands python3
  python3 -c 'import yaml' 2>/dev/null || install_packages python3-yaml
  write COMPOSE_PROJECT_NAME=e
  check "E01 at most 25, and exactly the basic settings" is_short || true
  check "E02 no secret and no example of one" holds_no_secret || true
  check "E03 each says type, range, default and effect" says_all || true
  check "E04 an unknown name is a warning with the nearest" warns_of_unknown || true
  check "E04 a bad value is refused with name, class and range" mutations || true
  check "E04 the server does not start with one" refuses_to_start || true
  check "E05 every sign survives Compose V2" survives v2 "both ' and \$" "\${C}" || true
  check "E05 every sign survives docker-compose 1.29" survives v1 || true
  check "E06 a change keeps the rest, and the old file" keeps_the_old || true
  check "E07 it works as it is" works_as_it_is || true
  summary
}

main "$@"
