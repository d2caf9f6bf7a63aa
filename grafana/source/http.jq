include "panels";

dashboard("http"; "HTTP"; "Requests by operation, streams, and the edge in front."; [
  variable("operation"; "Operation"; "label_values(aragora_http_request_seconds_count, operation)"), node]; [
  row("Requests"),
  (areas("By class"; "5xx are our errors, 4xx the callers'."; "reqps"; [ask("sum by (status) (rate(aragora_http_request_seconds_count{operation=~'$operation', instance=~'$node'}[$__rate_interval]))"; "{{status}}")])
    | coloured(classes) | size(12; 8) | help("ErrorsMany")),
  (areas("By operation"; "The ten that are asked most."; "reqps"; [ask("topk(10, sum by (operation) (rate(aragora_http_request_seconds_count{operation=~'$operation', instance=~'$node'}[$__rate_interval])))"; "{{operation}}")])
    | size(12; 8) | listed),
  (curves("Server errors by operation"; "Where the 5xx come from."; "reqps"; [ask("sum by (operation) (rate(aragora_http_request_seconds_count{status='5xx', operation=~'$operation', instance=~'$node'}[$__rate_interval])) > 0"; "{{operation}}")])
    | size(12; 8) | empty("None") | help("ErrorBudgetBurnsFast")),
  (curves("95 of 100 answers take less than"; "By operation; the ten slowest. Streams last as long as they are open."; "s"; [
      ask("topk(10, histogram_quantile(0.95, sum by (le, operation) (rate(aragora_http_request_seconds_bucket{operation=~'$operation', operation!='debates.events', instance=~'$node'}[$__rate_interval]))))"; "{{operation}}")])
    | size(12; 8) | listed | help("AnswersSlow")),
  (heat("How long answers take"; "How many requests took how long."; "s"; [ask("sum by (le) (increase(aragora_http_request_seconds_bucket{operation=~'$operation', operation!='debates.events', instance=~'$node'}[$__rate_interval]))"; "{{le}}")]) | size(12; 8)),
  (curves("Who watches"; "Event streams open, by node."; "short"; [ask("aragora_event_viewers{instance=~'$node'}"; "{{instance}}")]) | size(6; 8)),
  (columns("Connections cut"; "Clients that sent or read too slowly."; "short"; [ask("sum by (phase) (increase(aragora_connections_cut_total{instance=~'$node'}[$__rate_interval]))"; "{{phase}}")]) | size(6; 8) | digits(0)),

  row("The edge"),
  (curves("Through the edge"; "How long the probe's request takes, by phase."; "s"; [ask("probe_http_duration_seconds{job='edge'}"; "{{phase}}")]) | size(8; 7)),
  (states("Answers"; "Whether the probe found a ready node behind the edge."; [ask("probe_success{job='edge'}"; "edge")];
      [{type: "value", options: {"1": {text: "answers", color: "green"}, "0": {text: "silent", color: "red"}}}]) | size(8; 7) | help("EdgeUnreachable")),
  (curves("Nodes behind the edge"; "Those the edge counts as ready, by its own asking twice a second."; "short"; [ask("sum(caddy_reverse_proxy_upstreams_healthy)"; "ready")])
    | size(8; 7) | digits(0) | coloured({"ready": "green"}) | help("ApplianceNotReady"))
])
