package io.aragora.system;

import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What this node is: version, schema, since when, and what a doctor finds. */
public final class SystemInfo {
  /** Whether the rehearsal panel answers beside or instead of real models. */
  public enum Rehearsal {
    ON,
    OFF
  }

  private final Build build;
  private final String schema;
  private final Rehearsal rehearsal;
  private final Health health;
  private final InstantSource clock;
  private final Instant started;

  public SystemInfo(String schema, Rehearsal rehearsal, Health health, InstantSource clock) {
    this.build = Build.read();
    this.schema = schema;
    this.rehearsal = rehearsal;
    this.health = health;
    this.clock = clock;
    this.started = clock.instant();
  }

  public Build build() {
    return build;
  }

  public String schema() {
    return schema;
  }

  public Rehearsal rehearsal() {
    return rehearsal;
  }

  public Duration uptime() {
    return Duration.between(started, clock.instant());
  }

  public Health health() {
    return health;
  }

  /** Every probe of readiness, asked now, with what to do about a bad one. */
  public List<Finding> doctor() {
    return health.ready().checks().stream().map(SystemInfo::finding).toList();
  }

  private static Finding finding(HealthReport.Line line) {
    return new Finding(
        line.name(), line.status() == HealthReport.State.UP, line.detail(), remedy(line.name()));
  }

  private static String remedy(String probe) {
    return switch (probe) {
      case "database" -> "Start PostgreSQL and check the database settings.";
      case "schema" -> "Run the migration step of this version, then start the server again.";
      case "disk" -> "Free space on the data disk.";
      case "keys" -> "Copy the keys folder of a node that is ready, then start the server again.";
      case "clock" -> "Set this machine's clock right; run NTP.";
      case "draining" -> "Wait for the node to stop, then start it again.";
      default -> "See docs/reference/errors.md and the server's log.";
    };
  }
}
