#!/usr/bin/env bash
# What bench/run says about a measurement, and the page it makes of all of them. Needs root.

: "${root:?}"

# The benches in the order of the page.
page_order=(engine durable overhead waiting api sse receipt start peers growth)

machine() {
  local model memory
  model="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
  memory="$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)"
  printf '%s cores, %s, %s GB, Linux %s, %s' "$(nproc)" "$model" "$memory" "$(uname -r)" \
    "$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n '2s/.*(build \(.*\))/JDK \1/p')"
}

commit() {
  local changed=""
  [[ -z "$(git -C "$root" status --porcelain -- server)" ]] || changed=" with changes"
  printf '%s%s' "$(git -C "$root" rev-parse --short=12 HEAD)" "$changed"
}

# write_page FOLDER: its README.md and pictures from its results and notes.
write_page() {
  local folder="$1" name results=()
  for name in "${page_order[@]}"; do
    [[ ! -f "$folder/results/$name.json" ]] || results+=("$folder/results/$name.json")
  done
  ((${#results[@]} > 0)) || die "no results in $folder/results: run bench/run first"
  if [[ -f "$folder/results/growth.json" ]]; then
    mkdir -p "$folder/pictures"
    while read -r name; do
      jq -r --arg name "$name" -f "$root/bench/picture.jq" "$folder/results/growth.json" \
        >"$folder/pictures/$name.svg"
    done < <(jq -r '.pictures[].name' "$folder/results/growth.json")
  fi
  jq -rs -f "$root/bench/page.jq" --rawfile notes "$folder/notes.md" "${results[@]}" >"$folder/README.md"
}
