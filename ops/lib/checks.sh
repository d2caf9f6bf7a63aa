#!/usr/bin/env bash
# Runs checks one by one: a line each, what was printed only when one fails, and a count at the end.

# One file counts for all scripts of a run; whoever starts first makes it.
export CHECKS_TALLY="${CHECKS_TALLY:-$(mktemp)}"
last_output="$(mktemp)"

record() {
  printf '%s\n' "$1" >>"$CHECKS_TALLY"
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
    record failed
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

# all_of STEP...: runs each to its end; fails when a check in them failed, or a step died without a word.
all_of() {
  local before step
  before="$(counted failed)"
  for step in "$@"; do
    "$step" || (($(counted failed) > before)) || record failed
  done
  (($(counted failed) == before))
}

# Prints the last line of a run; fails when a check failed or none ran.
summary() {
  local skipped
  skipped="$(counted skipped)"
  ((skipped == 0)) || printf '%d skipped (reasons above)\n' "$skipped"
  printf '%d passed, %d failed\n' "$(counted passed)" "$(counted failed)"
  (($(counted passed) > 0 && $(counted failed) == 0))
}
