include "panels";

dashboard("jvm"; "Process and JVM"; "What a node uses of its machine."; [node]; [
  row("Now"),
  (figure("Up since"; "When the node started."; "dateTimeFromNow"; [ask("aragora_started_seconds{instance=~'$node'} * 1000"; "{{instance}}")]) | limits([[null, "blue"]]) | .json.options.graphMode = "none" | help("RestartLoop")),
  (figure("Build"; "Version and schema of the nodes."; "none"; [ask("aragora_build{instance=~'$node'}"; "{{version}}, schema {{schema}}")]) | limits([[null, "blue"]]) | .json.options += {graphMode: "none", textMode: "name"}),
  (figure("Resident memory"; "As the kernel counts it."; "bytes"; [ask("aragora_memory_resident_bytes{instance=~'$node'}"; "{{instance}}")]) | limits([[null, "blue"]])),
  (figure("Processors in use"; "1 is one whole core."; "short"; [ask("rate(aragora_cpu_milliseconds_total{instance=~'$node'}[5m]) / 1000"; "{{instance}}")]) | limits([[null, "green"], [1.5, "orange"]]) | digits(2)),
  (dial("Heap after collections"; "What stays in use when all garbage is gone."; "percentunit"; [ask("aragora_heap_after_gc_bytes{instance=~'$node'} / on (instance) memory_maxHeap_bytes"; "{{instance}}")])
    | limits([[null, "green"], [0.7, "orange"], [0.9, "red"]]) | help("HeapNearlyFull")),
  (dial("Open files"; "Files and sockets, of those allowed."; "percentunit"; [ask("aragora_open_files{instance=~'$node'} / aragora_open_files_most"; "{{instance}}")])
    | limits([[null, "green"], [0.6, "orange"], [0.8, "red"]]) | help("OpenFilesNearlyUsedUp")),

  row("Memory"),
  (curves("Heap"; "In use, taken from the system, and the most allowed."; "bytes"; [
      ask("memory_usedHeap_bytes{instance=~'$node'}"; "{{instance}} in use"), ask("memory_committedHeap_bytes{instance=~'$node'}"; "{{instance}} taken"),
      ask("memory_maxHeap_bytes{instance=~'$node'}"; "{{instance}} most"), ask("aragora_heap_after_gc_bytes{instance=~'$node'}"; "{{instance}} after collections")]) | size(12; 8) | help("HeapNearlyFull")),
  (areas("By pool"; "All of Java's memory, heap and other."; "bytes"; [ask("sum by (pool) (aragora_memory_used_bytes{instance=~'$node'})"; "{{pool}}")]) | size(12; 8) | listed),

  row("Collections and threads"),
  (curves("Time spent collecting"; "Of each second, by collector."; "percentunit"; [ask("rate(gc_time_seconds_total{instance=~'$node'}[5m])"; "{{instance}} {{name}}")]) | help("HeapNearlyFull")),
  (columns("Collections"; "How often."; "short"; [ask("sum by (name) (increase(gc_total{instance=~'$node'}[$__rate_interval]))"; "{{name}}")]) | digits(0)),
  (curves("Platform threads"; "Virtual threads, one a request, are not among them."; "short"; [ask("thread_count{instance=~'$node'}"; "{{instance}}")])),

  row("Machine and neighbours"),
  (curves("Load"; "Runnable processes of the whole machine, against its cores."; "short"; [ask("node_load1"; "load"), ask("count(count by (cpu) (node_cpu_seconds_total))"; "cores")]) | coloured({"cores": "text"})),
  (areas("Memory of the machine"; "In use by programs, and kept as cache that can be had back."; "bytes"; [
      ask("node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes"; "in use"), ask("node_memory_MemAvailable_bytes"; "available")])
    | coloured({"in use": "orange", "available": "green"}) | help("OutOfMemory")),
  (curves("Pressure"; "Part of the time that somebody waited for processor, memory or disk."; "percentunit"; [
      ask("rate(node_pressure_cpu_waiting_seconds_total[5m])"; "processor"), ask("rate(node_pressure_memory_waiting_seconds_total[5m])"; "memory"), ask("rate(node_pressure_io_waiting_seconds_total[5m])"; "disk")])),

  row("Line to the database and to other nodes"),
  (curves("Pool"; "Connections by state; waiting means threads without one."; "short"; [ask("sum by (state) (aragora_database_connections{instance=~'$node'})"; "{{state}}"), ask("sum(aragora_database_connections_most{instance=~'$node'})"; "most")])
    | coloured({"active": "blue", "idle": "green", "waiting": "red", "most": "text"}) | help("PoolExhausted")),
  (curves("Doorbell"; "From a commit's ring to hearing it. A second or more means that it was not heard."; "s"; [ask("aragora_doorbell_lag_seconds{instance=~'$node'}"; "{{instance}}")])
    | limits([[null, "transparent"], [1, "red"]]) | lines | help("DoorbellSilent")),
  (curves("Clock"; "How far a node's clock is ahead of the database's."; "s"; [ask("aragora_clock_skew_seconds{instance=~'$node'}"; "{{instance}}")])
    | .json.fieldConfig.defaults.custom.axisSoftMin = -2 | .json.fieldConfig.defaults.custom.axisSoftMax = 2 | help("ClockOff")),
  (curves("Nodes"; "Those that beat on this database, and those that take work."; "short"; [ask("max(aragora_nodes)"; "beat"), ask("sum(aragora_takes_jobs)"; "take work")])
    | size(12; 7) | digits(0) | help("NodeTakesNoJobs")),
  (columns("Attempts that failed"; "Jobs that are tried again, by kind."; "short"; [ask("sum by (kind) (increase(aragora_job_failures_total{instance=~'$node'}[$__rate_interval]))"; "{{kind}}")])
    | size(12; 7) | digits(0) | help("JobsGivenUp"))
])
