include "panels";

dashboard("overview"; "Overview"; "Is the appliance well, and does it keep its promise? Start here."; []; [
  row("Now"),
  (figure("Ready"; "Nodes that say they are ready for work."; "none"; [ask("sum(aragora_ready) or vector(0)"; "nodes")])
    | limits([[null, "red"], [1, "green"]]) | help("ApplianceNotReady")),
  (figure("Through the edge"; "A request over TLS, as people make it, finds a ready node."; "none"; [ask("probe_success{job='edge'}"; "")])
    | yes_no("Answers"; "Silent") | help("EdgeUnreachable")),
  (figure("Alerts"; "Alerts that fire, without the watchdog and mere information."; "none"; [ask("count(ALERTS{alertstate='firing', severity=~'critical|warning'}) or vector(0)"; "")])
    | limits([[null, "green"], [1, "orange"], [3, "red"]])),
  (figure("Answered well, 24 h"; "Requests of the last day answered without a server error. The objective is 99.9 %."; "percentunit"; [ask("1 - aragora:errors:ratio_rate1d"; "")])
    | limits([[null, "red"], [0.995, "orange"], [0.999, "green"]]) | digits(3) | help("ErrorBudgetBurnsFast")),
  (figure("Receipts"; "Receipts in the transparency log, ever."; "short"; [ask("max(aragora_log_leaves)"; "")])
    | limits([[null, "blue"]]) | digits(0)),
  (figure("Last backup"; "How long ago the last backup ended. Older than 26 hours is an alert."; "s"; [ask("time() - aragora_backup_last_backup_seconds"; "")])
    | limits([[null, "green"], [86400, "orange"], [93600, "red"]]) | empty("Never") | help("BackupTooOld")),

  row("The promise"),
  (dial("Error budget left, 3 days"; "Of the errors that 99.9 % allows, the part still unspent in the last three days."; "percentunit"; [ask("clamp_min(1 - aragora:errors:ratio_rate3d / 0.001, 0)"; "")])
    | size(4; 8) | limits([[null, "red"], [0.25, "orange"], [0.5, "green"]]) | help("ErrorBudgetBurnsSlowly")),
  (curves("How fast the error budget burns"; "1 uses it up exactly in its time. From 14.4 on an hour, somebody is called."; "none"; [
      ask("aragora:errors:ratio_rate5m / 0.001"; "5 minutes"), ask("aragora:errors:ratio_rate1h / 0.001"; "1 hour"), ask("aragora:errors:ratio_rate6h / 0.001"; "6 hours")])
    | size(10; 8) | limits([[null, "transparent"], [14.4, "red"]]) | lines | help("ErrorBudgetBurnsFast")),
  (curves("How long answers take"; "Without streams and requests that ask to wait. The objective: 99 of 100 under two seconds."; "s"; [
      ask("aragora:latency_seconds:p50_5m"; "half"), ask("aragora:latency_seconds:p95_5m"; "95 of 100"), ask("aragora:latency_seconds:p99_5m"; "99 of 100")])
    | size(10; 8) | limits([[null, "transparent"], [2, "red"]]) | lines | coloured({"half": "green", "95 of 100": "yellow", "99 of 100": "orange"}) | help("AnswersSlow")),

  row("What goes on"),
  (areas("Requests"; "Answers a second, by class. 5xx are our errors, 4xx the callers'."; "reqps"; [ask("aragora:requests:rate5m"; "{{status}}")])
    | coloured(classes)),
  (columns("Debates that ended"; "By outcome."; "short"; [ask("sum by (outcome) (increase(aragora_debates_ended_total[$__rate_interval]))"; "{{outcome}}")]) | digits(0)),
  (curves("Work"; "Debates and other jobs: in hand, and waiting although due."; "short"; [
      ask("sum(aragora_leases_held)"; "in hand"), ask("sum(max by (kind) (aragora_jobs{state='waiting'}))"; "waiting")])
    | coloured({"in hand": "blue", "waiting": "orange"}) | help("JobsWait")),

  row("What may run out"),
  (dial("Disk used"; "Where the data folder is."; "percentunit"; [ask("max(1 - aragora_disk_free_bytes / aragora_disk_size_bytes)"; "")])
    | limits([[null, "green"], [0.8, "orange"], [0.9, "red"]]) | size(4; 6) | help("DiskNearlyFull")),
  (dial("Heap after collections"; "The fullest node."; "percentunit"; [ask("max(aragora_heap_after_gc_bytes / on (instance) memory_maxHeap_bytes)"; "")])
    | limits([[null, "green"], [0.7, "orange"], [0.9, "red"]]) | size(4; 6) | help("HeapNearlyFull")),
  (dial("Database connections"; "In use, of all that PostgreSQL allows."; "percentunit"; [ask("sum(pg_stat_activity_count) / max(pg_settings_max_connections)"; "")])
    | limits([[null, "green"], [0.6, "orange"], [0.8, "red"]]) | size(4; 6) | help("DatabaseConnectionsNearlyUsedUp")),
  (bars("Certificates"; "Days until each ends."; "d"; [ask("(aragora:certificate:end_seconds - time()) / 86400"; "{{certificate}}")])
    | .json.fieldConfig.defaults.color = {mode: "thresholds"} | limits([[null, "red"], [7, "orange"], [21, "green"]]) | digits(0) | size(6; 6) | help("CertificateEndsSoon")),
  (alerts("Alerts"; "alertname!=''") | size(6; 6)),

  row("When it changed"),
  (states("Checks of readiness"; "Each check of each node: red is why a node is not ready."; [ask("min by (check) (aragora_check_up)"; "{{check}}")];
      [{type: "value", options: {"1": {text: "well", color: "green"}, "0": {text: "fault", color: "red"}}}])
    | size(24; 9) | help("ApplianceNotReady"))
])
