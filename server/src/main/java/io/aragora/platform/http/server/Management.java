package io.aragora.platform.http.server;

import io.aragora.platform.http.safety.SafetyHeaders;
import io.aragora.platform.json.Json;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.HealthReport;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import java.util.function.Supplier;

/** What operators see on the socket that is not for the public: metrics and health. */
final class Management {
  static final String SOCKET = "management";

  private Management() {}

  /** Helidon's observers at /metrics and /health on the management socket only. */
  static ObserveFeature feature(Health health) {
    return ObserveFeature.builder()
        .observersDiscoverServices(false)
        .endpoint("/")
        .addSockets(java.util.List.of(SOCKET))
        .addObserver(MetricsObserver.builder().endpoint("/metrics").build())
        .addObserver(
            HealthObserver.builder()
                .endpoint("/health")
                .details(true)
                .useSystemServices(false)
                .addCheck(check("live", HealthCheckType.LIVENESS, health::live))
                .addCheck(check("started", HealthCheckType.STARTUP, health::started))
                .addCheck(check("ready", HealthCheckType.READINESS, health::ready))
                .build())
        .build();
  }

  /** The short names that orchestrators ask for. */
  static HttpRouting.Builder routing(Health health, SafetyHeaders safety) {
    return HttpRouting.builder()
        // The observers say no-cache, which lets a proxy keep a copy.
        .addFilter(
            (chain, request, response) -> {
              safety.forEach(response::header);
              response.beforeSend(() -> response.header(HeaderNames.CACHE_CONTROL, "no-store"));
              chain.proceed();
            })
        .get("/healthz", (request, response) -> send(response, health.live()))
        .get("/readyz", (request, response) -> send(response, health.ready()));
  }

  private static void send(ServerResponse response, HealthReport report) {
    response
        .status(report.isUp() ? 200 : 503)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(Json.bytes(report));
  }

  private static HealthCheck check(
      String name, HealthCheckType type, Supplier<HealthReport> report) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public HealthCheckType type() {
        return type;
      }

      @Override
      public HealthCheckResponse call() {
        HealthReport now = report.get();
        var answer = HealthCheckResponse.builder().status(now.isUp());
        now.checks()
            .forEach(
                line -> answer.detail(line.name(), line.detail() == null ? "UP" : line.detail()));
        return answer.build();
      }
    };
  }
}
