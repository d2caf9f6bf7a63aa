package io.aragora.platform.http.server;

import io.aragora.platform.http.safety.SafetyHeaders;
import io.aragora.platform.json.Json;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.HealthReport;
import io.aragora.platform.observe.MetricsToken;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import java.util.function.Supplier;

/** What operators see on the socket that is not for the public: metrics and health. */
final class Management {
  static final String SOCKET = "management";

  private static final String METRICS = "/metrics";

  private Management() {}

  /** Helidon's observers at /metrics and /health on the management socket only. */
  static ObserveFeature feature(Health health) {
    return ObserveFeature.builder()
        .observersDiscoverServices(false)
        .endpoint("/")
        .addSockets(java.util.List.of(SOCKET))
        .addObserver(MetricsObserver.builder().endpoint(METRICS).build())
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
  static HttpRouting.Builder routing(HttpParts parts, SafetyHeaders safety) {
    Health health = parts.health();
    return HttpRouting.builder()
        // The observers say no-cache, which lets a proxy keep a copy.
        .addFilter(
            (chain, request, response) -> {
              safety.forEach(response::header);
              response.beforeSend(() -> response.header(HeaderNames.CACHE_CONTROL, "no-store"));
              chain.proceed();
            })
        .addFilter(
            (chain, request, response) -> {
              if (mayRead(parts.meters().token(), request)) {
                chain.proceed();
              } else {
                response
                    .status(Status.UNAUTHORIZED_401)
                    .header(HeaderNames.WWW_AUTHENTICATE, "Bearer")
                    .send("send the metrics token as a bearer token\n");
              }
            })
        .get("/healthz", (request, response) -> send(response, health.live()))
        .get("/readyz", (request, response) -> send(response, health.ready()));
  }

  /** Health is open to all on this port: who restarts a node must not need a secret. */
  private static boolean mayRead(MetricsToken token, RoutingRequest request) {
    String path = request.path().path();
    return path.startsWith("/health")
        || path.equals("/readyz")
        || token.admits(request.headers().first(HeaderNames.AUTHORIZATION));
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
