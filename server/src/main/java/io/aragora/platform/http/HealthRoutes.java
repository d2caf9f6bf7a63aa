package io.aragora.platform.http;

import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.HealthReport;
import java.util.List;
import java.util.function.Supplier;

/** Whether this node lives, has started and is ready, for whoever watches it; open to all. */
public final class HealthRoutes implements Routes {
  private final Health health;

  public HealthRoutes(Health health) {
    this.health = health;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        endpoint("live", "/health/live", "Tells that the process lives.", health::live),
        endpoint("started", "/health/started", "Tells that the node has started.", health::started),
        endpoint("ready", "/health/ready", "Tells whether to send work here.", health::ready),
        endpoint("live_alias", "/healthz", "The same as /health/live.", health::live),
        endpoint("ready_alias", "/readyz", "The same as /health/ready.", health::ready));
  }

  private static Endpoint endpoint(
      String verb, String path, String about, Supplier<HealthReport> report) {
    var operation =
        Operation.get("health." + verb, path)
            .about(about)
            .gives(200, HealthReport.class)
            .gives(503, HealthReport.class);
    return new Endpoint(operation, call -> reply(report.get()));
  }

  private static Reply reply(HealthReport report) {
    return Reply.json(report.isUp() ? 200 : 503, report);
  }
}
