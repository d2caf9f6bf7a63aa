#!/usr/bin/env bash
# Steps of a long command: each is named, timed and logged, and whoever ends one early is told where it stood and
# what to run next. Source it after the others: its die is theirs too.

: "${root:?}" "${ARAGORA_STATE_DIR:=$root/.ops}"
state="$(realpath -m -- "$ARAGORA_STATE_DIR")"
log=""
times=""
step_name=""
step_place=""
next_command=""

now_ms() { date +%s%3N; }

# die, but with the place for the report and past the log to the person.
die() {
  step_place="${BASH_SOURCE[1]#"$root/"}:${BASH_LINENO[0]}"
  printf 'error: %s\n' "$*" >&2
  [[ -z "$log" ]] || printf 'error: %s\n' "$*" >&3
  exit "${die_code:-1}"
}

refuse() {
  die_code=3
  step_place="${BASH_SOURCE[1]#"$root/"}:${BASH_LINENO[0]}"
  printf 'error: %s\n' "$*" >&2
  [[ -z "$log" ]] || printf 'error: %s\n' "$*" >&3
  exit 3
}

make_state() {
  mkdir -p "$state/log" 2>/dev/null || die "cannot make $state: set ARAGORA_STATE_DIR to a folder that can be written"
  chmod 700 "$state"
}

# begin COMMAND: takes the lock that lets one command change the appliance at a time, and opens a log. A command
# that another one started writes to that one's log, under its lock.
begin() {
  if [[ -n "${OPS_LOG:-}" ]]; then
    log="$OPS_LOG"
  else
    make_state
    exec 9>"$state/lock"
    flock -n 9 || die "another command changes this appliance: wait for it (lock: $state/lock)"
    log="$state/log/$1-$(date -u +%Y%m%dT%H%M%SZ).log"
    export OPS_LOG="$log" OPS_TIMES="$state/$1-times.jsonl"
    : >"$OPS_TIMES"
  fi
  times="$OPS_TIMES"
  exec 3>&2
  set -E
  trap 'step_place="${step_place:-${BASH_SOURCE[0]#"$root/"}:$LINENO}"' ERR
  trap 'report $?' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# step NAME WHAT FUNCTION...: runs it with its output in the log. OPS_FAIL_AT=NAME fails right after it, for drills.
step() {
  local what="$2" started
  step_name="$1"
  shift 2
  printf '%-12s %s\n' "$step_name" "$what" >&3
  printf '== %s: %s\n' "$step_name" "$what" >>"$log"
  started="$(now_ms)"
  "$@" >>"$log" 2>&1 9>&-
  [[ "${OPS_FAIL_AT:-}" != "$step_name" ]] || die "told to fail after $step_name by OPS_FAIL_AT"
  printf '{"step":"%s","started_ms":%s,"ended_ms":%s}\n' "$step_name" "$started" "$(now_ms)" >>"$times"
  step_name=""
}

# report CODE: the last words of a command that did not end well.
report() {
  trap - EXIT ERR
  (($1 != 0)) || exit 0
  (($1 < 129)) || step_place="${step_place:-while it ran}, ended by signal $(($1 - 128))"
  if [[ -n "$step_name" ]]; then
    {
      printf '\nFAILED in step %s (%s), exit code %d\n' "$step_name" "${step_place:-unknown place}" "$1"
      tail -n 8 "$log" | sed 's/^/    /'
    } >&3
  fi
  {
    printf 'log:  %s\n' "$log"
    [[ -z "$next_command" ]] || printf 'next: %s\n' "$next_command"
  } >&3
  exit "$1"
}

# fit ARGUMENT...: the doctor, whose faults go past the log to the person.
fit() {
  local said code=0
  said="$("$root/ops/doctor" "$@" 2>&1)" || code=$?
  printf '%s\n' "$said"
  ((code == 0)) || grep -A 1 '^fault' <<<"$said" >&3 || true
  return "$code"
}
