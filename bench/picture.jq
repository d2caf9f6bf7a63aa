# Draws one picture of a growth result as SVG: a line through the medians, a bar from min to max.
def esc: gsub("&"; "&amp;") | gsub("<"; "&lt;");
def short: if . >= 1000 then . / 100 | round / 10 | "\(.)k" elif . >= 10 then round | tostring
  else . * 10 | round / 10 | tostring end;
# The next of 1, 2, 5, 10, 20 ... from which five steps cover the value.
def step: . as $max | first(range(-3; 9) as $p | (1, 2, 5) | . * pow(10; $p) | select(. * 5 >= $max));

.pictures[] | select(.name == $name)
| . as $picture
| ([.points[].max] | max | if . > 0 then . else 1 end | step) as $step
| ([.points[].x] | max) as $right
| ([.points[].x] | min | if . == $right then 0 else . end) as $left
| def x: (. - $left) / ($right - $left) * 500 + 70 | . * 10 | round / 10;
  def y: 270 - . / ($step * 5) * 220 | . * 10 | round / 10;
  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 330\" width=\"600\" role=\"img\" aria-label=\"\(.title | esc): \(.y | esc)\">",
  "<style>text{font:13px sans-serif;fill:#24292f}.t{font-size:15px;font-weight:bold}.g{stroke:#8c959f;stroke-opacity:.35}.l{fill:none;stroke:#0969da;stroke-width:2.5}.d{fill:#0969da}.b{stroke:#0969da;stroke-opacity:.5}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.l,.b{stroke:#58a6ff}.d{fill:#58a6ff}}</style>",
  "<text class=\"t\" x=\"70\" y=\"20\">\(.title | esc)</text>",
  "<text x=\"70\" y=\"38\">\(.y | esc)</text>",
  (range(0; 6) | . * $step
    | "<line class=\"g\" x1=\"70\" x2=\"570\" y1=\"\(y)\" y2=\"\(y)\"/><text x=\"62\" y=\"\(y + 4)\" text-anchor=\"end\">\(short)</text>"),
  # Where values crowd together on the left, only those with room get a label.
  (reduce .points[] as $p ({last: -99, out: []};
      ($p.x | x) as $at
      | if $at - .last < 34 then . else .last = $at
        | .out += ["<text x=\"\($at)\" y=\"290\" text-anchor=\"middle\">\($p.x | short)</text>"] end)
    | .out[]),
  "<text x=\"320\" y=\"314\" text-anchor=\"middle\">\(.x | esc)</text>",
  "<polyline class=\"l\" points=\"\([.points[] | "\(.x | x),\(.y | y)"] | join(" "))\"/>",
  (.points[]
    | "<line class=\"b\" x1=\"\(.x | x)\" x2=\"\(.x | x)\" y1=\"\(.min | y)\" y2=\"\(.max | y)\"/><circle class=\"d\" cx=\"\(.x | x)\" cy=\"\(.y | y)\" r=\"3.5\"/>"),
  "</svg>"
