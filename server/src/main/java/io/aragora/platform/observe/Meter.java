package io.aragora.platform.observe;

import java.util.List;
import java.util.stream.Stream;

/** Every meter of the appliance: its name, what moves it, its tags and what it tells. */
public enum Meter {
  BUILD(
      Kind.GAUGE, "build", "Always 1; the tags say which build this node is", "version", "schema"),
  STARTED(Kind.GAUGE, "started_seconds", "When this process started, in seconds since 1970"),
  READY(Kind.GAUGE, "ready", "1 while this node says that it is ready"),
  CHECK(Kind.GAUGE, "check_up", "1 while this check of readiness passes", "check"),
  CLOCK_SKEW(
      Kind.GAUGE, "clock_skew_seconds", "How far this node's clock is ahead of the database's"),
  DISK_FREE(Kind.GAUGE, "disk_free_bytes", "Free bytes where the data folder is"),
  DISK_SIZE(Kind.GAUGE, "disk_size_bytes", "All bytes where the data folder is"),
  CERTIFICATE_END(
      Kind.GAUGE,
      "certificate_end_seconds",
      "When a certificate of this node ends, in seconds since 1970",
      "file"),

  HTTP_REQUESTS(
      Kind.TIMER,
      "http_request_seconds",
      "Requests answered, by operation and status class",
      "operation",
      "status"),
  VIEWERS(Kind.GAUGE, "event_viewers", "Event streams open on this node"),
  CONNECTIONS_CUT(Kind.COUNTER, "connections_cut", "Connections cut for slowness", "phase"),

  DEBATES_OPENED(Kind.COUNTER, "debates_opened", "Debates opened"),
  DEBATES_ENDED(
      Kind.COUNTER, "debates_ended", "Debates ended with a receipt, by outcome", "outcome"),
  PROVIDER_CALLS(
      Kind.TIMER, "provider_call_seconds", "Calls to models, by result", "provider", "result"),
  PROVIDER_TOKENS(
      Kind.COUNTER,
      "provider_tokens",
      "Tokens that models read (input) and wrote (output)",
      "direction"),
  MODELS_SHUT(
      Kind.GAUGE, "models_shut", "Models not asked for a while, because they failed too often"),

  SPEND(Kind.COUNTER, "spend_micro_dollars", "Money spent, in micro-dollars"),
  HOLDS_REFUSED(Kind.COUNTER, "holds_refused", "Debates refused because of a cap"),
  BUDGET_ALERTS(
      Kind.COUNTER,
      "budget_alerts",
      "Days or months of a workspace that reached this much of their cap",
      "percent"),

  JOBS(
      Kind.GAUGE,
      "jobs",
      "Jobs by state: waiting (due), later, running, troubled (failed or lost its node before)",
      "kind",
      "state"),
  JOB_WAIT(
      Kind.GAUGE, "job_wait_seconds", "How long the oldest job that is due has waited", "kind"),
  JOB_FAILURES(Kind.TOTAL, "job_failures", "Attempts of jobs that failed on this node", "kind"),
  JOBS_GIVEN_UP(Kind.TOTAL, "jobs_given_up", "Jobs this node gave up for good", "kind"),
  LEASES(Kind.GAUGE, "leases_held", "Jobs that this node has the lease of", "kind"),
  NODES(Kind.GAUGE, "nodes", "Nodes that beat on this database"),
  TAKES_JOBS(Kind.GAUGE, "takes_jobs", "1 while this node takes jobs"),

  POOL(
      Kind.GAUGE,
      "database_connections",
      "Connections of the pool by state: active, idle, waiting (threads without one)",
      "state"),
  POOL_MOST(Kind.GAUGE, "database_connections_most", "Connections the pool may have"),
  DOORBELL_UP(Kind.GAUGE, "doorbell_up", "1 while rings of other nodes arrive"),
  DOORBELL_LAG(
      Kind.GAUGE, "doorbell_lag_seconds", "From a ring to hearing it; 1 or more: not heard"),

  LOG_LEAVES(Kind.GAUGE, "log_leaves", "Leaves of the transparency log: one a receipt"),
  LOG_UNSIGNED(Kind.GAUGE, "log_unsigned_leaves", "Leaves that no signed head covers yet"),
  LOG_OPEN(Kind.GAUGE, "log_open", "1 while the transparency log takes leaves"),
  AUDIT_LEAVES(Kind.GAUGE, "audit_leaves", "Audit entries that have their place in the tree"),
  AUDIT_WAITING(Kind.GAUGE, "audit_waiting_entries", "Audit entries that wait for their place"),
  MAILS_WAITING(Kind.GAUGE, "mails_waiting", "Mails that wait to be sent"),
  MAILS_GIVEN_UP(Kind.GAUGE, "mails_given_up", "Mails that could not be delivered"),

  MEMORY_RESIDENT(
      Kind.GAUGE, "memory_resident_bytes", "Memory of the process as the kernel counts it"),
  MEMORY(Kind.GAUGE, "memory_used_bytes", "Java memory in use, by pool", "pool"),
  HEAP_AFTER_GC(Kind.GAUGE, "heap_after_gc_bytes", "Heap still in use after the last collection"),
  DESCRIPTORS(Kind.GAUGE, "open_files", "Files and sockets this process has open"),
  DESCRIPTORS_MOST(Kind.GAUGE, "open_files_most", "Files and sockets it may have open"),
  CPU(Kind.TOTAL, "cpu_milliseconds", "Processor time this process used");

  /**
   * What moves a meter: a time taken, something counted, a reading, or a reading that only grows.
   */
  enum Kind {
    TIMER,
    COUNTER,
    GAUGE,
    TOTAL
  }

  private static final String PREFIX = "aragora_";

  private final Kind kind;
  private final String name;
  private final String about;
  private final List<String> tags;

  Meter(Kind kind, String name, String about, String... tags) {
    this.kind = kind;
    this.name = PREFIX + name;
    this.about = about;
    this.tags = List.of(tags);
  }

  Kind kind() {
    return kind;
  }

  String about() {
    return about;
  }

  List<String> tags() {
    return tags;
  }

  /** Its name in the registry; scraped it may have an ending, see {@link #series()}. */
  public String wire() {
    return name;
  }

  /** The names it is scraped by. */
  public List<String> series() {
    return switch (kind) {
      case GAUGE -> List.of(name);
      case COUNTER, TOTAL -> List.of(name + "_total");
      case TIMER -> Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat).toList();
    };
  }
}
