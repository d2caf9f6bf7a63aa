package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SlowClientsTest {
  private static HttpFixture http;

  @BeforeAll
  static void start() {
    http =
        new HttpFixture(
            HttpOptions.loopback().withDeadlines(Duration.ofSeconds(2), Duration.ofSeconds(2)));
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  private static String head(String line, String more) {
    return "%s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n%s"
        .formatted(line, http.key.secret(), more);
  }

  @Test
  void cutsAHeadThatTrickles() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
      assertThat(raw.trickle('a', 300)).isBetween(1_500L, 4_000L);
    }
  }

  @Test
  void cutsABodyThatTrickles() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say(
          head(
              "POST /api/v1/notes",
              "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"));
      assertThat(raw.trickle(' ', 300)).isBetween(1_500L, 4_000L);
    }
  }

  @Test
  void cutsAClientThatNeverSpeaks() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      assertThat(raw.hearAll()).isEmpty();
    }
  }

  @Test
  void tellsAHalfRequestThatItIsTooSlow() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say("GET / HTTP/1.1\r\nHost: a\r\n");
      assertThat(raw.hearAll()).startsWith("HTTP/1.1 408").contains("request_timeout");
    }
  }

  @Test
  void cutsTheNextRequestOfALivingConnectionToo() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say(head("GET /api/v1/me", "\r\n") + "GET /half");
      assertThat(raw.trickle('a', 300)).isBetween(1_500L, 4_000L);
    }
  }

  @Test
  void letsAStreamLiveLongerThanAnyDeadline() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say(head("GET /api/v1/streams/waiting", "Connection: close\r\n\r\n"));
      assertThat(http.entered.await(5, TimeUnit.SECONDS)).isTrue();
      // Time itself is under test here: the stream must outlast the deadline of two seconds.
      try (var other = new RawClient(http.server.port())) {
        other.say("GET / HTTP/1.1\r\nHost: a\r\nX: ");
        other.trickle('a', 300);
      }
      http.goOn.countDown();
      assertThat(raw.hearAll()).contains("data: one").contains("data: two");
    }
  }
}
