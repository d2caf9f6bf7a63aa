#!/usr/bin/env bats
# Each fault has its own code. The fault is made for real where that can be; fixtures stand in for other hardware,
# another kernel and another engine only.

bats_require_minimum_version 1.5.0

setup() {
  root="$BATS_TEST_DIRNAME/../.."
  doctor="$root/ops/doctor"
  export COMPOSE_PROJECT_NAME="doctor-test-$$" ARAGORA_STATE_DIR="$BATS_TEST_TMPDIR/state"
  export ARAGORA_ENV_FILE="$BATS_TEST_TMPDIR/env"
  export HTTPS_PORT=38443 HTTP_PORT=38080
}

teardown() { [[ -z "${listener:-}" ]] || kill "$listener"; }

# finds CODE: the doctor ends with 3 and names it; lacks CODE: it does not name it.
codes() { "$doctor" --json --offline "$@" | jq -r '.findings[] | .grade + " " + .code'; }
finds() { grep -qx "fault $1" <(codes "${@:2}"); }
warns() { grep -qx "warn $1" <(codes "${@:2}"); }
lacks() { ! grep -q " $1\$" <(codes "${@:2}"); }

# a proc folder like this machine's, to be changed
proc() {
  mkdir -p "$BATS_TEST_TMPDIR/proc/sys/kernel"
  cp /proc/meminfo "$BATS_TEST_TMPDIR/proc/"
  cp /proc/sys/kernel/osrelease "$BATS_TEST_TMPDIR/proc/sys/kernel/"
  export DOCTOR_PROC="$BATS_TEST_TMPDIR/proc"
}

# an engine that says all that is right
engine() {
  export DOCTOR_ENGINE="$BATS_TEST_TMPDIR/engine" DOCKER_HOST="unix://$BATS_TEST_TMPDIR/none.sock"
  mkdir -p "$DOCTOR_ENGINE"
  echo 28.0.0 >"$DOCTOR_ENGINE/ServerVersion"
  echo overlay2 >"$DOCTOR_ENGINE/Driver"
  echo "$BATS_TEST_TMPDIR" >"$DOCTOR_ENGINE/DockerRootDir"
  echo "[name=seccomp,profile=builtin name=cgroupns]" >"$DOCTOR_ENGINE/SecurityOptions"
}

@test "--help names the codes, and a word it does not know is wrong usage" {
  run -0 "$doctor" --help
  [[ "$output" == *"3 at least one fault"* ]]
  run -2 "$doctor" --everything
}

@test "a fault ends it with 3, and --json says code, detail and what to do" {
  export DOCTOR_ARCH=riscv64
  run -3 "$doctor" --json --offline
  jq -e '.is_well == false and (.findings[] | select(.code == "arch.unsupported") | .detail == "riscv64" and .fix != "")' <<<"$output"
}

@test "another processor, an old kernel, no memory cgroup, too little memory" {
  DOCTOR_ARCH=armv7l finds arch.unsupported
  proc
  echo 3.10.0 >"$DOCTOR_PROC/sys/kernel/osrelease"
  finds kernel.old
  echo 6.1.0 >"$DOCTOR_PROC/sys/kernel/osrelease"
  lacks kernel.old
  mkdir -p "$BATS_TEST_TMPDIR/sys/fs/cgroup"
  DOCTOR_SYS="$BATS_TEST_TMPDIR/sys" finds cgroup.missing
  echo "cpu io" >"$BATS_TEST_TMPDIR/sys/fs/cgroup/cgroup.controllers"
  DOCTOR_SYS="$BATS_TEST_TMPDIR/sys" finds cgroup.missing
}

@test "512 MB of memory is a fault, 8 % under 2 GB is not" {
  proc
  echo "MemTotal: 524288 kB" >"$DOCTOR_PROC/meminfo"
  finds ram.low
  echo "MemTotal: $((2048 * 1024 * 93 / 100)) kB" >"$DOCTOR_PROC/meminfo"
  lacks ram.low
}

@test "a disk that is nearly full, and one without inodes" {
  [[ "$(id -u)" == 0 ]] || skip "needs root to mount a small disk"
  mkdir "$BATS_TEST_TMPDIR/small"
  mount -t tmpfs -o size=64m,nr_inodes=100 tmpfs "$BATS_TEST_TMPDIR/small"
  DOCTOR_DISK="$BATS_TEST_TMPDIR/small" finds disk.low
  touch "$BATS_TEST_TMPDIR/small/"{1..97}
  DOCTOR_DISK="$BATS_TEST_TMPDIR/small" finds inodes.low
  umount "$BATS_TEST_TMPDIR/small"
}

@test "a clock before this release, and one that a server contradicts" {
  mkdir -p "$BATS_TEST_TMPDIR/tree"
  cp -r "$root/ops" "$root/VERSION" "$BATS_TEST_TMPDIR/tree/"
  touch -d "+1 day" "$BATS_TEST_TMPDIR/tree/VERSION"
  run -3 "$BATS_TEST_TMPDIR/tree/ops/doctor" --offline
  [[ "$output" == *clock.past* ]]
  printf 'HTTP/1.0 200 OK\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n' >"$BATS_TEST_TMPDIR/answer"
  python3 - "$BATS_TEST_TMPDIR" <<'PY' 3>&- &
import socket, sys
s = socket.create_server(("127.0.0.1", 38099))
open(sys.argv[1] + "/listens", "w").close()
while True:
    c, _ = s.accept()
    c.recv(4096)
    c.sendall(open(sys.argv[1] + "/answer", "rb").read())
    c.close()
PY
  listener=$!
  until [[ -e "$BATS_TEST_TMPDIR/listens" ]]; do sleep 0.1; done
  finds clock.skewed --time-url http://127.0.0.1:38099/
}

@test "a port that another program holds" {
  python3 -m http.server --bind 127.0.0.1 38443 >/dev/null 2>&1 3>&- &
  listener=$!
  until (exec 3<>/dev/tcp/127.0.0.1/38443) 2>/dev/null; do sleep 0.1; done
  finds port.taken
}

@test "no engine, an old one, one that copies layers, one without seccomp" {
  DOCKER_HOST="unix://$BATS_TEST_TMPDIR/none.sock" finds engine.unreachable
  engine
  lacks engine.unreachable
  echo 19.03.1 >"$DOCTOR_ENGINE/ServerVersion" && finds engine.old
  echo vfs >"$DOCTOR_ENGINE/Driver" && finds engine.vfs
  echo "[name=seccomp,profile=unconfined]" >"$DOCTOR_ENGINE/SecurityOptions" && finds engine.seccomp
}

@test "settings that others may change" {
  engine
  touch "$ARAGORA_ENV_FILE" && chmod 666 "$ARAGORA_ENV_FILE"
  finds settings.writable
  chmod 600 "$ARAGORA_ENV_FILE"
  lacks settings.writable
}

@test "an upgrade that stopped half-way" {
  mkdir -p "$ARAGORA_STATE_DIR/undo"
  echo 9.9.9 >"$ARAGORA_STATE_DIR/undo/to" && echo migrate >"$ARAGORA_STATE_DIR/undo/open"
  engine
  finds upgrade.unfinished
}

@test "a certificate that has expired, and one that soon does" {
  source "$root/ops/lib/common.sh"
  env_file="$ARAGORA_ENV_FILE"
  source "$root/ops/lib/doctor/report.sh"
  source "$root/ops/lib/doctor/installed.sh"
  openssl req -x509 -newkey ed25519 -nodes -subj /CN=x -keyout "$BATS_TEST_TMPDIR/k" -out "$BATS_TEST_TMPDIR/soon.crt" -days 3 2>/dev/null
  openssl x509 -in "$BATS_TEST_TMPDIR/soon.crt" -signkey "$BATS_TEST_TMPDIR/k" -days -1 -out "$BATS_TEST_TMPDIR/old.crt" 2>/dev/null ||
    skip "this openssl makes no certificate of the past"
  check_certificates "$BATS_TEST_TMPDIR" test
  [[ "${found[*]}" == *"fault|cert.expired|test: old.crt"* && "${found[*]}" == *"warn|cert.soon|test: soon.crt"* ]]
}

@test "production holds a warning as a fault" {
  engine
  codes | grep -qx "warn clock.unsynced" || skip "a time service keeps this machine's clock"
  finds clock.unsynced --production
}

@test "docs/reference/doctor.md is what --codes prints" {
  diff <("$doctor" --codes) "$root/docs/reference/doctor.md"
}

@test "every code that is found is written down, and the other way round" {
  sources=("$root/ops/doctor" "$root"/ops/lib/doctor/*.sh)
  while read -r code; do
    grep -q "^$code|" "$root/ops/lib/doctor/findings.txt"
  done < <(grep -hoE '\bfinding [a-z]+\.[a-z0-9_]+' "${sources[@]}" | cut -d' ' -f2)
  while read -r code; do
    grep -qwF "$code" "${sources[@]}"
  done < <(grep -v '^#' "$root/ops/lib/doctor/findings.txt" | cut -d'|' -f1)
}
