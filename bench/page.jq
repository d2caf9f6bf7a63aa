# Renders bench/README.md from the results and from what bench/notes.md says of them.
def number: if . >= 100 then round elif . >= 10 then . * 10 | round / 10 else . end | tostring;
def verdict: if .target == null then "" elif .met then "met" else "**missed**" end;
def row:
  "| \(.what) | \(.value | number) \(.unit) | \(.min | number) - \(.max | number)"
  + " | \(.target // "") | \(verdict) |";
def setups: [.rows[].setup] | unique | map("- " + .) | join("\n");
def table:
  "| What | Median | Min - max | Target | |\n|---|--:|--:|--:|---|\n"
  + ([.rows[] | row] | join("\n"))
  + "\n\n" + setups + "\n";
def ratios:
  (.rows | map(select(.unit == "ms" and .id != "aragora_appliance_cpu"))) as $rows
  | ($rows[] | select(.id == "aragora_appliance") | .value) as $ours
  | "\nOne call of ours in theirs, by wall time (above 1: ours costs more):\n\n"
    + "| | Ours divided by it |\n|---|--:|\n"
    + ([$rows[] | select(.id != "aragora_appliance")
        | "| \(.what) | \(if .value > 0 then $ours / .value * 100 | round / 100 else "-" end) |"]
       | join("\n")) + "\n";
def pictures:
  [.pictures[] | "![\(.title)](pictures/\(.name).svg)"] | join("\n\n") + "\n";
def section:
  "## \(.bench)\n\n"
  + "\(.date), commit \(.commit), load before the run \(.load_before).\n\n"
  + (if .pictures then pictures else table end)
  + (if .bench == "peers" then ratios else "" end);

"# Measured\n\n"
+ "`bench/run` measures this build on this machine and writes this page; each figure is the median of\n"
+ "five runs, after a warm-up, with the smallest and the largest run.\n\n"
+ "Machine: \(.[0].machine).\n\n"
+ (map(section) | join("\n")) + "\n"
+ ($notes | rtrimstr("\n"))
