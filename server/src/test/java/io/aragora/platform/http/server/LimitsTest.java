package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
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
  void whileDrainingReadyIsOffAndEachAnswerSaysGoodbye() {
    assertThat(http.send(http.to("/health/ready")).statusCode()).isEqualTo(200);
    http.health.drain();
    var ready = http.send(http.to("/readyz"));
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(ready.body()).contains("draining");
    assertThat(http.managed("/health/ready").statusCode()).isEqualTo(503);
    var served = http.send(http.to("/api/v1/me"));
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.headers().firstValue("Connection")).hasValue("close");
  }

  @Test
  void turnsEverythingButHealthAwayWhenStopping() {
    http.health.turnAway();
    for (var request : List.of(http.to("/api/v1/me"), http.post("/api/v1/things", SLOW))) {
      var refused = http.send(request);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("shutting_down");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.headers().firstValue("Connection")).hasValue("close");
    }
    assertThat(http.send(http.to("/health/live")).statusCode()).isEqualTo(200);
  }

  @Test
  void aStreamOpenedWhileDrainingEndsWhole() throws Exception {
    http.health.drain();
    assertThat(streamed()).contains("Connection: close").endsWith("0\r\n\r\n");
  }

  @Test
  void aStreamThatRunsAtTheStopEndsWhole() throws Exception {
    var text = new java.util.concurrent.CompletableFuture<String>();
    Thread.ofVirtual().start(() -> text.complete(heard()));
    assertThat(http.entered.await(5, TimeUnit.SECONDS)).isTrue();
    http.goOn.countDown();
    http.server.close();
    assertThat(text.get(10, TimeUnit.SECONDS)).endsWith("0\r\n\r\n");
  }

  private String streamed() throws Exception {
    var text = new java.util.concurrent.CompletableFuture<String>();
    Thread.ofVirtual().start(() -> text.complete(heard()));
    assertThat(http.entered.await(5, TimeUnit.SECONDS)).isTrue();
    http.goOn.countDown();
    return text.get(25, TimeUnit.SECONDS);
  }

  private String heard() {
    try (var client = new RawClient(http.server.port())) {
      return client
          .say(
              "GET /api/v1/streams/waiting HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + http.key.secret()
                  + "\r\n\r\n")
          .hearUntil("0\r\n\r\n");
    } catch (java.io.IOException bad) {
      return bad.toString();
    }
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
