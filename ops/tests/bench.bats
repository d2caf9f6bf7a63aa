#!/usr/bin/env bats
# The bench's runner: what it takes, and the page and pictures it makes of results.

bats_require_minimum_version 1.5.0

setup() {
  root="$(cd "$BATS_TEST_DIRNAME/../.." && pwd)"
  folder="$BATS_TEST_TMPDIR/bench"
  mkdir -p "$folder/results"
  echo "## Notes of a person" >"$folder/notes.md"
  # shellcheck source=ops/lib/common.sh
  source "$root/ops/lib/common.sh"
  # shellcheck source=bench/page.sh
  source "$root/bench/page.sh"
}

# result NAME ROWS [PICTURES]
result() {
  jq -n --arg bench "$1" --argjson rows "$2" --argjson pictures "${3:-null}" \
    '{$bench, machine: "2 cores", date: "2026-11-23", commit: "abc", load_before: "0.10", $rows}
      + if $pictures then {$pictures} else {} end' >"$folder/results/$1.json"
}

row() {
  jq -n --arg id "$1" --argjson value "$2" --argjson met "$3" \
    '{$id, what: "what \($id) is", $value, min: 1, max: 9, unit: "ms", target: "<= 5", $met, setup: "how"}'
}

@test "--help names every bench" {
  run -0 "$root/bench/run" --help
  for name in engine durable overhead waiting api sse receipt start growth peers --quick --page; do
    [[ "$output" == *"$name"* ]]
  done
}

@test "a bench nobody knows is an error before anything is built" {
  run -1 "$root/bench/run" speed
  [[ "$output" == *"no bench is called speed"*"--help"* && "$output" != *building* ]]
}

@test "the page tells each figure, whether its target is met, and what a person noted" {
  result api "[$(row good 4.25 true), $(row bad 7 false)]"
  write_page "$folder"
  grep -qF '| what good is | 4.25 ms | 1 - 9 | <= 5 | met |' "$folder/README.md"
  grep -qF '| what bad is | 7 ms | 1 - 9 | <= 5 | **missed** |' "$folder/README.md"
  grep -qF 'Notes of a person' "$folder/README.md"
}

@test "a picture is drawn for each growth curve and shown on the page" {
  result growth '[]' '[{"name": "seats", "title": "Seats & more", "x": "seats", "y": "ms",
    "points": [{"x": 2, "y": 30, "min": 28, "max": 31}, {"x": 5, "y": 80, "min": 70, "max": 99}]}]'
  write_page "$folder"
  grep -qF '![Seats & more](pictures/seats.svg)' "$folder/README.md"
  python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$folder/pictures/seats.svg"
  [[ "$(grep -c '<circle' "$folder/pictures/seats.svg")" == 2 ]]
}

@test "peers are set against ours" {
  result peers "[$(row aragora_appliance 4 null), $(row langgraph_postgres 8 null)]"
  write_page "$folder"
  grep -qF '| what langgraph_postgres is | 0.5 |' "$folder/README.md"
}

@test "without results there is no page" {
  run -1 write_page "$folder"
  [[ "$output" == *"run bench/run first"* ]]
}
