#!/usr/bin/env bash
# What the machine must be: processor, kernel, memory, disk, clock. Fixtures replace only what cannot be had otherwise.

: "${root:?}"
proc="${DOCTOR_PROC:-/proc}"
sys="${DOCTOR_SYS:-/sys}"

check_machine() {
  check_processor
  check_kernel
  check_cgroup
  check_memory
  check_commands
  check_clock
}

check_processor() {
  local kind
  kind="${DOCTOR_ARCH:-$(uname -m)}"
  case "$kind" in
    x86_64 | aarch64 | arm64) good "processor $kind" ;;
    *) finding arch.unsupported "$kind" ;;
  esac
}

# at_least VERSION WANTED: both as dotted numbers.
at_least() { [[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" == "$2" ]]; }

check_kernel() {
  local release
  release="$(cut -d' ' -f1 "$proc/sys/kernel/osrelease")"
  if at_least "$release" 4.18; then good "kernel $release"; else finding kernel.old "$release"; fi
}

check_cgroup() {
  if [[ -f "$sys/fs/cgroup/cgroup.controllers" ]]; then
    if grep -qw memory "$sys/fs/cgroup/cgroup.controllers"; then
      good "cgroup version 2 with memory limits"
    else
      finding cgroup.missing "$(cat "$sys/fs/cgroup/cgroup.controllers")"
    fi
  elif [[ -d "$sys/fs/cgroup/memory" ]]; then
    finding cgroup.v1 "$sys/fs/cgroup/memory"
  else
    finding cgroup.missing "$sys/fs/cgroup"
  fi
}

# Firmware and kernel keep some of what was paid for: 8 % less than 2 GB still counts as 2 GB.
check_memory() {
  local mib
  mib=$(($(awk '$1 == "MemTotal:" { print $2 }' "$proc/meminfo") / 1024))
  if ((mib >= 2048 * 92 / 100)); then good "memory $mib MiB"; else finding ram.low "$mib MiB"; fi
}

check_commands() {
  local name missing=()
  for name in curl openssl jq tar gzip flock awk sed; do
    command -v "$name" >/dev/null 2>&1 || missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then good "commands"; else finding command.missing "${missing[*]}"; fi
}

check_clock() {
  local newest now
  now="$(date +%s)"
  newest="$(stat -c %Y "$root/VERSION")"
  if ((now < newest)); then
    finding clock.past "it is $(date -u -d "@$now" +%FT%TZ), this release is of $(date -u -d "@$newest" +%FT%TZ)"
    return
  fi
  if [[ -n "$time_url" ]]; then check_clock_against "$time_url"; else check_time_service; fi
}

check_clock_against() {
  local told now
  told="$(curl -sS -m 5 -o /dev/null -D - "$1" 2>/dev/null | tr -d '\r' | sed -n 's/^[Dd]ate: //p' | head -n 1)"
  now="$(date +%s)"
  if [[ -z "$told" ]]; then
    finding clock.unsynced "$1 does not tell the time"
  elif ((now - $(date -d "$told" +%s) > 5 || $(date -d "$told" +%s) - now > 5)); then
    finding clock.skewed "$((now - $(date -d "$told" +%s))) s against $1"
  else
    good "clock agrees with $1"
  fi
}

# The kernel itself says whether something keeps its clock; a container host without the tool says nothing.
check_time_service() {
  local kept
  kept="$(timedatectl show -p NTPSynchronized --value 2>/dev/null || true)"
  if [[ "$kept" == yes ]] || chronyc -n tracking >/dev/null 2>&1; then
    good "a time service keeps the clock"
  else
    finding clock.unsynced "neither timedatectl nor chronyc says so"
  fi
}

# check_space FOLDER: where the engine keeps its data.
check_space() {
  local free
  free="$(df -Pm "$1" | awk 'NR == 2 { print $4 }')"
  if ((free >= 5120)); then good "disk: $free MiB free in $1"; else finding disk.low "$free MiB free in $1"; fi
  df -Pi "$1" | awk 'NR == 2 && $2 > 0 && $4 * 20 < $2 { exit 1 }' || finding inodes.low "in $1"
}
