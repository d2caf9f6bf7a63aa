# Renders bench/README.md from the results and from what bench/notes.md says of them.
def number: if . >= 100 then round elif . >= 10 then . * 10 | round / 10 else . end | tostring;
def verdict: if .target == null then "" elif .met then "met" else "**missed**" end;
def row:
  "| \(.what) | \(.value | number) \(.unit) | \(.min | number) - \(.max | number)"
  + " | \(.target // "") | \(verdict) |";
def setups: [.rows[].setup] | unique | map("- " + .) | join("\n");
def section:
  "## \(.bench)\n\n"
  + "\(.date), commit \(.commit), load before the run \(.load_before).\n\n"
  + "| What | Median | Min - max | Target | |\n|---|--:|--:|--:|---|\n"
  + ([.rows[] | row] | join("\n"))
  + "\n\n" + setups + "\n";

"# Measured\n\n"
+ "`bench/run` measures this build on this machine and writes this page; each figure is the median of\n"
+ "five runs in one process, after a warm-up, with the smallest and the largest run.\n\n"
+ "Machine: \(.[0].machine).\n\n"
+ (map(section) | join("\n")) + "\n"
+ ($notes | rtrimstr("\n"))
