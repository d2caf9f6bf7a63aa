package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Access;
import io.aragora.testing.TestDatabase;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.media.MediaContext;
import io.helidon.http.media.jackson.JacksonSupport;
import io.helidon.http.sse.SseEvent;
import io.helidon.openapi.OpenApiFeature;
import io.helidon.security.SecurityContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.context.ContextFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import io.helidon.webserver.security.SecurityFeature;
import io.helidon.webserver.sse.SseSink;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web server's parts come from several releases: here all of them run in one server. */
final class EveryFeatureTest {
  @Test
  void bootsEveryFeatureTogether(@TempDir Path folder) throws Exception {
    Path spec = folder.resolve("openapi.yaml");
    Files.writeString(spec, "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n");
    var access =
        new Access(TestDatabase.shared().database(), UUID::randomUUID, InstantSource.system());
    var server =
        WebServer.builder()
            .port(0)
            .host("127.0.0.1")
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .addFeature(ContextFeature.create())
            .addFeature(SecurityFeature.builder().security(access.security(List.of())).build())
            .addFeature(OpenApiFeature.builder().staticFile(spec.toString()).build())
            .addFeature(observe())
            .addProtocol(Http1Config.create())
            .addProtocol(Http2Config.create())
            .mediaContext(MediaContext.builder().addMediaSupport(JacksonSupport.create()).build())
            .routing(EveryFeatureTest::routes)
            .build()
            .start();
    try (var client = HttpClient.newHttpClient()) {
      String at = "http://127.0.0.1:" + server.port();
      assertThat(get(client, at + "/json", HttpClient.Version.HTTP_1_1)).isEqualTo("{\"a\":1}");
      assertThat(get(client, at + "/json", HttpClient.Version.HTTP_2)).isEqualTo("{\"a\":1}");
      assertThat(get(client, at + "/sse", HttpClient.Version.HTTP_1_1)).contains("data:hello");
      assertThat(get(client, at + "/who", HttpClient.Version.HTTP_1_1)).isEqualTo("guarded");
      assertThat(get(client, at + "/openapi", HttpClient.Version.HTTP_1_1)).contains("3.1.0");
      assertThat(get(client, at + "/metrics", HttpClient.Version.HTTP_1_1)).contains("# TYPE");
      assertThat(get(client, at + "/health", HttpClient.Version.HTTP_1_1)).contains("UP");
    } finally {
      server.stop();
    }
  }

  private static ObserveFeature observe() {
    return ObserveFeature.builder()
        .observersDiscoverServices(false)
        .endpoint("/")
        .addObserver(MetricsObserver.builder().endpoint("/metrics").build())
        .addObserver(
            HealthObserver.builder()
                .endpoint("/health")
                .details(true)
                .addCheck(
                    () -> HealthCheckResponse.builder().status(true).build(),
                    HealthCheckType.READINESS,
                    "fine")
                .build())
        .build();
  }

  private static void routes(HttpRouting.Builder routing) {
    routing
        .get("/json", (request, response) -> response.send(Map.of("a", 1)))
        .get(
            "/who",
            (request, response) ->
                response.send(
                    request.context().get(SecurityContext.class).isPresent() ? "guarded" : "open"))
        .get(
            "/sse",
            (request, response) -> {
              try (var sink = response.sink(SseSink.TYPE)) {
                sink.emit(SseEvent.create("hello"));
              }
            });
  }

  private static String get(HttpClient client, String url, HttpClient.Version version)
      throws Exception {
    String accept = url.endsWith("/sse") ? "text/event-stream" : "*/*";
    var request =
        HttpRequest.newBuilder(URI.create(url)).version(version).header("Accept", accept).build();
    var response = client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(url).isEqualTo(200);
    assertThat(response.version()).as(url).isEqualTo(version);
    return response.body();
  }
}
