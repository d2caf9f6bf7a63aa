package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.observe.Meter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ManagementTest {
  private static HttpFixture http;

  @BeforeAll
  static void start() {
    http = new HttpFixture(HttpOptions.loopback());
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  @Test
  void publishesMetersOnTheManagementPortOnly() {
    http.send(http.to("/api/v1/me"));
    var metrics = http.managed("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body())
        .contains(Meter.HTTP_REQUESTS.wire() + "_count{operation=\"me.get\"")
        .contains("status=\"2xx\"")
        .contains("memory_usedHeap_bytes");
    assertThat(http.send(http.to("/metrics")).statusCode()).isEqualTo(404);
  }

  @Test
  void tellsHealthOnBothPortsUnderBothNames() {
    for (String path : new String[] {"/health/live", "/health/started", "/health/ready"}) {
      assertThat(http.send(http.to(path)).statusCode()).as(path).isEqualTo(200);
      assertThat(http.managed(path).statusCode()).as("managed " + path).isBetween(200, 204);
    }
    for (String path : new String[] {"/healthz", "/readyz"}) {
      assertThat(http.send(http.to(path)).body()).contains("\"UP\"");
      assertThat(http.managed(path).body()).contains("\"UP\"");
      assertThat(http.managed(path).headers().firstValue("Cache-Control")).hasValue("no-store");
    }
    assertThat(http.managed("/health/ready").headers().firstValue("Cache-Control").orElse(""))
        .contains("no-store");
  }

  @Test
  void keepsTheApiOffTheManagementPort() {
    assertThat(http.managed("/api/v1/me").statusCode()).isEqualTo(404);
  }
}
