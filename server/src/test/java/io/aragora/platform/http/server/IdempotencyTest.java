package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdempotencyTest {
  private HttpFixture http;

  @BeforeEach
  void start() {
    http = new HttpFixture(HttpOptions.loopback());
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private HttpResponse<String> make(String text, String key) {
    return http.send(
        http.post("/api/v1/things", "{\"text\":\"%s\",\"count\":1,\"tags\":[]}".formatted(text))
            .header("Idempotency-Key", key));
  }

  @Test
  void replaysTheSameBytesForTheSameKeyAndBody() {
    var first = make("a", "k1");
    var second = make("a", "k1");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(http.runs).hasValue(1);
  }

  @Test
  void refusesTheKeyForAnotherBody() {
    make("a", "k2");
    var other = make("b", "k2");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("idempotency_mismatch");
  }

  @Test
  void makesOneOfFiftyAtOnce() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          pool.invokeAll(
              IntStream.range(0, 50)
                  .<java.util.concurrent.Callable<Integer>>mapToObj(
                      i -> () -> make("a", "k3").statusCode())
                  .toList());
      for (var each : answers) {
        assertThat(each.get()).isIn(201, 409);
      }
    }
    assertThat(http.runs).hasValue(1);
  }

  @Test
  void saysRunningWhileTheFirstRuns() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = pool.submit(() -> make("slow", "k4"));
      assertThat(http.entered.await(5, TimeUnit.SECONDS)).isTrue();
      var second = make("slow", "k4");
      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(second.body()).contains("idempotency_running").contains("retry_after_ms");
      http.goOn.countDown();
      assertThat(first.get().statusCode()).isEqualTo(201);
    }
  }

  @Test
  void runsAgainAfterAMistakeOfOurs() {
    assertThat(make("broken", "k5").statusCode()).isEqualTo(500);
    assertThat(make("broken", "k5").statusCode()).isEqualTo(500);
    assertThat(http.runs).hasValue(2);
  }

  @Test
  void keepsARefusalThatIsAResult() {
    var first = make("poor", "k6");
    assertThat(first.statusCode()).isEqualTo(402);
    assertThat(make("poor", "k6").body()).isEqualTo(first.body());
    assertThat(http.runs).hasValue(1);
  }

  @Test
  void letsASlipBeCorrectedUnderTheSameKey() {
    var slip = http.send(http.post("/api/v1/things", "{\"text\":").header("Idempotency-Key", "k7"));
    assertThat(slip.statusCode()).isEqualTo(400);
    assertThat(make("a", "k7").statusCode()).isEqualTo(201);
  }

  @Test
  void refusesKeysThatAreNotPrintable() {
    assertThat(make("a", "x".repeat(256)).statusCode()).isEqualTo(400);
    assertThat(make("a", "a b").statusCode()).isEqualTo(400);
  }
}
