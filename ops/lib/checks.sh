#!/usr/bin/env bash
# Runs checks one by one: a line each, what was printed only when one fails, and a count at the end.

# One file counts for all scripts of a run; whoever starts first makes it, and says at the end what failed.
checks_owner=""
[[ -n "${CHECKS_TALLY:-}" ]] || checks_owner=$$
export CHECKS_TALLY="${CHECKS_TALLY:-$(mktemp)}"
last_output="$(mktemp)"

record() {
  printf '%s\n' "$1" >>"$CHECKS_TALLY"
}

# failed NAME [FILE]: counts a failure and keeps the end of what was printed for the end of the run.
failed() {
  record failed
  {
    printf 'NOT OK %s\n' "$1"
    [[ -z "${2:-}" ]] || tail -n "${FAILURE_LINES:-40}" "$2" | sed 's/^/    /'
  } >>"$CHECKS_TALLY.failed"
}

ended_as() {
  case "$2" in
    any-failure) (($1 > 0 && $1 < 126)) ;;
    *) (($1 == $2)) ;;
  esac
}

# expect CODE NAME COMMAND...: CODE is the exit code that means success, or any-failure.
# The output stays in $last_output; it goes to a file because a started server would keep a pipe open.
expect() {
  local wanted="$1" name="$2" code=0 started="$SECONDS"
  shift 2
  "$@" >"$last_output" 2>&1 </dev/null || code=$?
  if ended_as "$code" "$wanted"; then
    record passed
    printf 'ok %s (%d s)\n' "$name" "$((SECONDS - started))"
  else
    failed "$name" "$last_output"
    printf 'NOT OK %s: exit %d where %s was expected\n' "$name" "$code" "$wanted"
    tail -n "${FAILURE_LINES:-40}" "$last_output" | sed 's/^/    /'
    return 1
  fi
}

check() { expect 0 "$@"; }

# prove ID NAME COMMAND...: a check whose name begins with the requirement it shows.
prove() { check "$1 $2" "${@:3}"; }

# skip NAME REASON: said loudly, counted apart, never a pass.
skip() {
  record skipped
  printf 'SKIPPED %s: %s\n' "$1" "$2"
}

counted() { grep -cx "$1" "$CHECKS_TALLY" || true; }

# What others of the same run had counted when this script began: not its own merit, and not its own fault.
touch "$CHECKS_TALLY"
passed_before="$(counted passed)" failed_before="$(counted failed)" skipped_before="$(counted skipped)"

# all_of STEP...: runs each to its end; fails when a check in them failed, or a step died without a word.
all_of() {
  local before step
  before="$(counted failed)"
  for step in "$@"; do
    "$step" || (($(counted failed) > before)) || failed "$step ended without a word"
  done
  (($(counted failed) == before))
}

# Prints the last line of a script, of its own checks; fails when one of them failed or none ran.
# The script that began the run also repeats every failure, so that the end of a long log tells them all.
summary() {
  local passed failed skipped
  passed=$(($(counted passed) - passed_before)) failed=$(($(counted failed) - failed_before))
  skipped=$(($(counted skipped) - skipped_before))
  if [[ "$checks_owner" == "$$" && -s "$CHECKS_TALLY.failed" ]]; then
    printf '\n== What failed\n'
    cat "$CHECKS_TALLY.failed"
  fi
  ((skipped == 0)) || printf '%d skipped (reasons above)\n' "$skipped"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((passed > 0 && failed == 0))
}
