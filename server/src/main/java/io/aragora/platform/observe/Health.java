package io.aragora.platform.observe;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Whether this node lives, has started and is ready. Live asks nobody; started and ready run their
 * probes; a draining node is never ready.
 */
public final class Health {
  private final List<Probe> started;
  private final List<Probe> ready;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean turningAway = new AtomicBoolean();

  public Health(List<Probe> started, List<Probe> ready) {
    this.started = List.copyOf(started);
    this.ready = List.copyOf(ready);
  }

  /** From now on ready says no, so that nobody sends new work here; what comes is still served. */
  public void drain() {
    draining.set(true);
  }

  /** From now on nothing but health is served: whoever sends work here was told long enough. */
  public void turnAway() {
    drain();
    turningAway.set(true);
  }

  public boolean isTurningAway() {
    return turningAway.get();
  }

  public boolean isDraining() {
    return draining.get();
  }

  public HealthReport live() {
    return new HealthReport(List.of());
  }

  public HealthReport started() {
    return HealthReport.of(started);
  }

  public HealthReport ready() {
    var lines = HealthReport.of(ready).checks().stream();
    return new HealthReport(Stream.concat(Stream.of(drainLine()), lines).toList());
  }

  /** The probes of ready, for the doctor. */
  public List<Probe> probes() {
    return ready;
  }

  private HealthReport.Line drainLine() {
    return isDraining()
        ? HealthReport.Line.down("draining", "this node is stopping")
        : HealthReport.Line.up("draining");
  }
}
