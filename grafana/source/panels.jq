# The words that dashboards are written in: one panel a line, and every choice of looks made once, here.

def source: {type: "prometheus", uid: "aragora"};

# A question and what its answers are called.
def ask($expr; $legend): {expr: $expr, legendFormat: $legend};

def steps($list): {mode: "absolute", steps: ($list | map({value: .[0], color: .[1]}))};

def panel($type; $title; $about; $unit; $asked):
  { kind: $type,
    w: 8, h: 8,
    json: {
      type: $type, title: $title, description: $about, datasource: source,
      targets: ($asked | to_entries | map(.value + {
        refId: ([65 + .key] | implode), datasource: source, editorMode: "code", range: true, instant: false})),
      fieldConfig: {defaults: {unit: $unit, color: {mode: "palette-classic"}, thresholds: steps([[null, "green"]]), mappings: [], links: []}, overrides: []},
      options: {}, links: []
    } };

# Curves over time.
def curves($title; $about; $unit; $asked):
  panel("timeseries"; $title; $about; $unit; $asked)
  | .json.fieldConfig.defaults.custom = {
      drawStyle: "line", lineInterpolation: "smooth", lineWidth: 2, fillOpacity: 12, gradientMode: "opacity",
      showPoints: "never", spanNulls: 90000, axisSoftMin: 0, stacking: {mode: "none", group: "A"}, thresholdsStyle: {mode: "off"}}
  | .json.options = {
      legend: {displayMode: "list", placement: "bottom", showLegend: true, calcs: []},
      tooltip: {mode: "multi", sort: "desc"}};

# Curves on top of each other: parts of a whole.
def areas($title; $about; $unit; $asked):
  curves($title; $about; $unit; $asked)
  | .json.fieldConfig.defaults.custom += {stacking: {mode: "normal", group: "A"}, fillOpacity: 35, lineWidth: 1};

# Columns on top of each other: what happened in each stretch of time.
def columns($title; $about; $unit; $asked):
  areas($title; $about; $unit; $asked)
  | .json.fieldConfig.defaults.custom += {drawStyle: "bars", lineInterpolation: "linear", fillOpacity: 70, lineWidth: 0, gradientMode: "none"}
  | .json.targets |= map(.interval = "1m");

# One figure, coloured by its limits, with its course behind it.
def figure($title; $about; $unit; $asked):
  panel("stat"; $title; $about; $unit; $asked)
  | .w = 4 | .h = 4
  | .json.fieldConfig.defaults.color = {mode: "thresholds"}
  | .json.options = {
      reduceOptions: {calcs: ["lastNotNull"], fields: "", values: false}, colorMode: "value", graphMode: "area",
      justifyMode: "auto", textMode: "auto", orientation: "auto"};

# A figure between nothing and all.
def dial($title; $about; $unit; $asked):
  figure($title; $about; $unit; $asked)
  | .kind = "gauge" | .json.type = "gauge"
  | .json.fieldConfig.defaults += {min: 0, max: 1}
  | .json.options = {
      reduceOptions: {calcs: ["lastNotNull"], fields: "", values: false}, showThresholdLabels: false, showThresholdMarkers: true,
      orientation: "auto"};

# Lengths side by side, the longest first.
def bars($title; $about; $unit; $asked):
  panel("bargauge"; $title; $about; $unit; $asked)
  | .json.fieldConfig.defaults += {min: 0, color: {mode: "continuous-BlPu"}}
  | .json.targets |= map(. + {instant: true, range: false})
  | .json.options = {
      reduceOptions: {calcs: ["lastNotNull"], fields: "", values: false}, displayMode: "gradient", orientation: "horizontal",
      showUnfilled: true, valueMode: "color", namePlacement: "auto", sizing: "auto", minVizWidth: 8, minVizHeight: 16};

# How often which length occurred, as colours.
def heat($title; $about; $unit; $asked):
  panel("heatmap"; $title; $about; $unit; $asked)
  | .json.targets |= map(. + {format: "heatmap"})
  | .json.fieldConfig.defaults = {custom: {scaleDistribution: {type: "linear"}}}
  | .json.options = {
      calculate: false, cellGap: 1, color: {mode: "scheme", scheme: "Blues", steps: 64, reverse: false, exponent: 0.5},
      yAxis: {unit: $unit, axisPlacement: "left"}, rowsFrame: {layout: "auto"}, legend: {show: true},
      tooltip: {mode: "single", yHistogram: false, showColorScale: false}, exemplars: {color: "rgba(255,0,255,0.7)"},
      filterValues: {le: 1e-9}, showValue: "never"};

# States side by side over time: good, bad, and when it changed.
def states($title; $about; $asked; $map):
  panel("state-timeline"; $title; $about; "none"; $asked)
  | .json.fieldConfig.defaults.color = {mode: "thresholds"}
  | .json.fieldConfig.defaults.mappings = $map
  | .json.fieldConfig.defaults.custom = {fillOpacity: 75, lineWidth: 0}
  | .json.fieldConfig.defaults.thresholds = steps([[null, "red"], [1, "green"]])
  | .json.options = {
      showValue: "never", rowHeight: 0.8, mergeValues: true, alignValue: "left",
      legend: {displayMode: "list", placement: "bottom", showLegend: false}, tooltip: {mode: "single", sort: "none"}};

# The alerts of this dashboard's part, with their state.
def alerts($title; $filter):
  { kind: "alertlist", w: 8, h: 8,
    json: {
      type: "table", title: $title, description: "What fires now. Each alert has its page in Runbooks: click on it.", datasource: source,
      targets: [{refId: "A", datasource: source, editorMode: "code", format: "table", instant: true, range: false,
        expr: "sum by (severity, alertname) (ALERTS{alertstate='firing', severity!='none', \($filter)})", legendFormat: ""}],
      fieldConfig: {defaults: {custom: {align: "left", cellOptions: {type: "auto"}, filterable: false}, thresholds: steps([[null, "green"]]), mappings: [], noValue: "Nothing fires"},
        overrides: [
          {matcher: {id: "byName", options: "severity"}, properties: [
            {id: "custom.width", value: 100}, {id: "custom.cellOptions", value: {type: "color-text"}},
            {id: "mappings", value: [{type: "value", options: {
              critical: {color: "red", index: 0}, warning: {color: "orange", index: 1}, info: {color: "blue", index: 2}}}]}]},
          {matcher: {id: "byName", options: "alertname"}, properties: [
            {id: "links", value: [{title: "Runbook", url: "/grafana/d/aragora-runbooks/runbooks"}]}]}]},
      transformations: [{id: "organize", options: {excludeByName: {Time: true, Value: true}, indexByName: {severity: 0, alertname: 1}, renameByName: {}}}],
      options: {showHeader: false, cellHeight: "sm", footer: {show: false, reducer: ["sum"], countRows: false, fields: ""}}, links: []
    } };

def words($title; $text):
  {kind: "text", w: 8, h: 14, json: {type: "text", title: $title, description: "", options: {mode: "markdown", content: $text, code: {language: "plaintext", showLineNumbers: false, showMiniMap: false}}, links: []}};

def row($title): {kind: "row", w: 24, h: 1, json: {type: "row", title: $title, collapsed: false, panels: []}};

# Changes to a panel, put behind it.
def size($w; $h): .w = $w | .h = $h;
def between($least; $most): .json.fieldConfig.defaults += {min: $least, max: $most};
def digits($n): .json.fieldConfig.defaults.decimals = $n;
def limits($list): .json.fieldConfig.defaults.thresholds = steps($list);
# The limits as lines in the picture.
def lines: .json.fieldConfig.defaults.custom.thresholdsStyle = {mode: "dashed"};
def empty($text): .json.fieldConfig.defaults.noValue = $text;
def listed: .json.options.legend = {displayMode: "table", placement: "right", showLegend: true, calcs: ["mean", "max"], sortBy: "Max", sortDesc: true};
def coloured($colours):
  .json.fieldConfig.overrides += ($colours | to_entries | map(
    {matcher: {id: "byName", options: .key}, properties: [{id: "color", value: {mode: "fixed", fixedColor: .value}}]}));
def yes_no($yes; $no):
  .json.fieldConfig.defaults.mappings = [{type: "value", options: {"1": {text: $yes, color: "green", index: 0}, "0": {text: $no, color: "red", index: 1}}}]
  | limits([[null, "red"], [1, "green"]]) | .json.options.graphMode = "none";
# The page that says what to do when this looks bad.
def help($alert):
  ($runbooks | keys | index($alert) // error("no runbook: \($alert)")) as $at
  | .json.links += [{title: "What to do", url: "/grafana/d/aragora-runbooks/runbooks?viewPanel=\($at + 1)", targetBlank: false}];

# Colours that mean the same everywhere.
def classes: {"2xx": "green", "3xx": "blue", "4xx": "yellow", "5xx": "red"};

def variable($name; $called; $query):
  {name: $name, label: $called, type: "query", datasource: source, query: {query: $query, refId: "v"}, definition: $query,
   refresh: 2, sort: 1, multi: true, includeAll: true, allValue: ".*", current: {selected: true, text: ["All"], value: ["$__all"]}, options: [], regex: "", hide: 0, skipUrlSync: false};

def node: variable("node"; "Node"; "label_values(aragora_started_seconds, instance)");

# Left to right, a new line where there is no room.
def laid:
  reduce .[] as $p ({x: 0, y: 0, tall: 0, id: 1, out: []};
    if .x + $p.w > 24 or $p.kind == "row" then .y += .tall | .x = 0 | .tall = 0 else . end
    | .out += [$p.json + {id: .id, gridPos: {x: .x, y: .y, w: $p.w, h: $p.h}}]
    | .x += $p.w | .id += 1 | .tall = ([.tall, $p.h] | max))
  | .out;

def dashboard($uid; $title; $about; $variables; $panels):
  { uid: "aragora-\($uid)", title: $title, description: $about, tags: ["aragora"], timezone: "browser", editable: false,
    schemaVersion: 39, version: 1, graphTooltip: 1, refresh: "30s", time: {from: "now-6h", to: "now"}, fiscalYearStartMonth: 0, liveNow: false,
    timepicker: {}, weekStart: "", preload: false,
    links: [{type: "dashboards", title: "Aragora", tags: ["aragora"], asDropdown: true, includeVars: false, keepTime: true, icon: "external link", targetBlank: false, tooltip: "", url: ""}],
    templating: {list: $variables},
    annotations: {list: [
      {builtIn: 1, datasource: {type: "grafana", uid: "-- Grafana --"}, enable: true, hide: true, iconColor: "rgba(0, 211, 255, 1)", name: "Annotations & Alerts", type: "dashboard"},
      {name: "Starts", datasource: source, enable: true, iconColor: "blue", expr: "changes(aragora_started_seconds[1m]) > 0", titleFormat: "A node started", textFormat: "{{instance}}", step: "60s"},
      {name: "Critical alerts", datasource: source, enable: true, iconColor: "red", expr: "ALERTS{alertstate='firing', severity='critical'}", titleFormat: "{{alertname}}", step: "60s"}]},
    panels: ($panels | laid) };
