package io.aragora.platform.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the probes said: up only if each of them is. */
public record HealthReport(State status, List<Line> checks) {
  /** The two answers a probe has. */
  public enum State {
    UP,
    DOWN
  }

  /** One probe's answer; {@code detail} only when it is down. */
  public record Line(String name, State status, @Nullable String detail) {
    static Line up(String name) {
      return new Line(name, State.UP, null);
    }

    static Line down(String name, String detail) {
      return new Line(name, State.DOWN, detail);
    }
  }

  public HealthReport {
    checks = List.copyOf(checks);
  }

  HealthReport(List<Line> checks) {
    this(
        checks.stream().allMatch(line -> line.status() == State.UP) ? State.UP : State.DOWN,
        checks);
  }

  static HealthReport of(List<Probe> probes) {
    return new HealthReport(probes.stream().map(HealthReport::ask).toList());
  }

  public boolean isUp() {
    return status == State.UP;
  }

  private static Line ask(Probe probe) {
    try {
      return probe
          .fault()
          .get()
          .map(detail -> Line.down(probe.name(), detail))
          .orElseGet(() -> Line.up(probe.name()));
    } catch (RuntimeException bad) {
      // A probe that breaks is a probe that failed; its message may name secrets.
      return Line.down(probe.name(), "the check itself failed");
    }
  }
}
