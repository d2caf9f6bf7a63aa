package io.aragora.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.TestAppliance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scraper gets from a whole server, and what somebody without the token does not. */
final class ScrapeTest {
  private static final String TOKEN = "scrape-me-0123456789";

  /** Only where there are certificates to look at. */
  private static final Set<Meter> ELSEWHERE = EnumSet.of(Meter.CERTIFICATE_END);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestAppliance appliance;

  @BeforeAll
  static void start() throws IOException {
    Path file = Files.writeString(Files.createTempFile("metrics", "token"), TOKEN + "\n");
    appliance = TestAppliance.start(Map.of("ARAGORA_METRICS_TOKEN_FILE", file.toString()));
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @Test
  void everyReadingIsThereSoonAfterTheStart() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              String scraped = get("/metrics", "Bearer " + TOKEN).body();
              for (Meter meter : Meter.values()) {
                boolean isRead =
                    meter.kind() == Meter.Kind.GAUGE || meter.kind() == Meter.Kind.TOTAL;
                if (isRead && !ELSEWHERE.contains(meter)) {
                  assertThat(scraped)
                      .containsPattern(
                          "(?m)^" + meter.series().getFirst() + "(\\{[^}]*})? [0-9.Ee+-]+$");
                }
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/metrics", "/metrics/", "/metrics/base", "/metrics?scope=base", "/%6detrics"})
  void withoutTheTokenNobodyReads(String path) throws Exception {
    for (String header : new String[] {"", "Bearer wrong", "Basic " + TOKEN}) {
      var answer = get(path, header);
      assertThat(answer.statusCode()).as(path + " with " + header).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(answer.body()).doesNotContain("aragora_");
    }
  }

  @Test
  void healthNeedsNoToken() throws Exception {
    for (String path : new String[] {"/healthz", "/readyz", "/health/live", "/health/ready"}) {
      assertThat(get(path, "").statusCode()).as(path).isBetween(200, 204);
    }
  }

  private static HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + appliance.managementPort() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
