#!/usr/bin/env bash
# What all operations scripts share: clear errors, finding tools, waiting with a bound.

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

say() { printf '%s\n' "$*" >&2; }

require_command() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is missing: ${2:-install it and run this again}"
}

# wait_for SECONDS WHAT COMMAND...: tries twice a second until COMMAND succeeds.
wait_for() {
  local seconds="$1" what="$2" end
  shift 2
  end=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || die "$what did not happen within $seconds s"
    sleep 0.5
  done
}

can_install() { [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null 2>&1; }

# install_packages NAME...: Debian packages; else says exactly what to install.
install_packages() {
  can_install || die "missing: $*. Install these packages and run this again (as root on Debian it is done for you)"
  say "installing $*"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# install_commands NAME...: the Debian packages of the same names, where a command is missing.
install_commands() {
  local name missing=()
  for name in "$@"; do
    command -v "$name" >/dev/null 2>&1 || missing+=("$name")
  done
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

is_jdk_25() { [[ -x "$1/bin/javac" ]] && "$1/bin/java" -version 2>&1 | grep -q 'version "25'; }

# Sets JAVA_HOME to a JDK 25, wherever the machine keeps it.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25*; do
    if [[ -n "$home" ]] && is_jdk_25 "$home"; then
      export JAVA_HOME="$home"
      return
    fi
  done
  if can_install && apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
    install_packages openjdk-25-jdk-headless
    find_jdk
    return
  fi
  die "no JDK 25 found: install Temurin 25 (package temurin-25-jdk) or set JAVA_HOME to a JDK 25"
}

find_maven() { command -v mvn >/dev/null 2>&1 || install_packages maven; }
