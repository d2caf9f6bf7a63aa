package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LimitsTest {
  private static final String SLOW = "{\"text\":\"slow\",\"count\":1,\"tags\":[]}";
  private HttpFixture http;

  @BeforeEach
  void start() {
    http = new HttpFixture(HttpOptions.loopback().withLimits(64, 1, 1));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void refusesWhatComesWhenAllPlacesAreTakenButAnswersHealth() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = pool.submit(() -> http.send(http.post("/api/v1/things", SLOW)).statusCode());
      assertThat(http.entered.await(5, TimeUnit.SECONDS)).isTrue();
      var second = http.send(http.to("/api/v1/me"));
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.body()).contains("too_many_requests");
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(http.send(http.to("/health/live")).statusCode()).isEqualTo(200);
      http.goOn.countDown();
      assertThat(first.get()).isEqualTo(201);
    }
    untilThereIsRoom();
  }

  @Test
  void countsStreamsApartFromRequests() throws Exception {
    var stream =
        http.client.send(http.to("/api/v1/streams/waiting").build(), BodyHandlers.ofInputStream());
    assertThat(http.entered.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(http.send(http.to("/api/v1/me")).statusCode()).isEqualTo(200);
    assertThat(http.send(http.to("/api/v1/streams/waiting")).statusCode()).isEqualTo(429);
    http.goOn.countDown();
    assertThat(new String(stream.body().readAllBytes())).contains("data: two");
  }

  @Test
  void refusesChangesWhileStoppingAndTurnsReadyOff() {
    assertThat(http.send(http.to("/health/ready")).statusCode()).isEqualTo(200);
    http.health.drain();
    var ready = http.send(http.to("/readyz"));
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(ready.body()).contains("draining");
    assertThat(http.managed("/health/ready").statusCode()).isEqualTo(503);
    var change = http.send(http.post("/api/v1/things", SLOW));
    assertThat(change.statusCode()).isEqualTo(503);
    assertThat(change.body()).contains("shutting_down");
    untilThereIsRoom();
  }

  @Test
  void stopsSoonWhenNothingRuns() {
    http.send(http.to("/api/v1/me"));
    long began = System.nanoTime();
    http.server.close();
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
  }

  /** A place is given back just after its answer was sent, so a caller can be back before it. */
  private void untilThereIsRoom() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> http.send(http.to("/api/v1/me")).statusCode() == 200);
  }
}
