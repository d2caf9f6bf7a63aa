package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.http.safety.Exposure;
import io.aragora.platform.http.safety.Rates;
import io.aragora.platform.http.sender.TrustedProxies;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a proxy in front changes: who is counted, whether there is TLS, which origin is ours. */
final class BehindProxyTest {
  private static final String NOTE = "{\"text\":\"a\",\"count\":1,\"tags\":[]}";
  private static final Exposure OPEN =
      Exposure.at(URI.create("https://decide.example"), new Rates(0, 5));

  private static HttpFixture behind;
  private static HttpFixture alone;

  @BeforeAll
  static void start() {
    behind = fixture(OPEN.behind(TrustedProxies.of(List.of("127.0.0.1"))));
    alone = fixture(OPEN.behind(TrustedProxies.of(List.of("192.0.2.99", "no-such-host.invalid"))));
  }

  @AfterAll
  static void stop() {
    behind.close();
    alone.close();
  }

  private static HttpFixture fixture(Exposure exposure) {
    return new HttpFixture(HttpOptions.loopback().withExposure(exposure));
  }

  @Test
  void countsStrangersByTheAddressTheProxyTells() {
    for (int guess = 0; guess < 5; guess++) {
      assertThat(guess(behind, "198.51.100.1").statusCode()).isEqualTo(401);
    }
    assertThat(guess(behind, "198.51.100.1").statusCode()).isEqualTo(429);
    assertThat(guess(behind, "6.6.6.6, 198.51.100.1").statusCode())
        .as("what a stranger wrote before the proxy did")
        .isEqualTo(429);
    assertThat(guess(behind, "198.51.100.2").statusCode()).isEqualTo(401);
  }

  @Test
  void countsStrangersByTheConnectionWhereNobodyIsTrusted() {
    for (int guess = 0; guess < 5; guess++) {
      assertThat(guess(alone, "198.51.100." + guess).statusCode()).isEqualTo(401);
    }
    assertThat(guess(alone, "198.51.100.77").statusCode()).isEqualTo(429);
  }

  @Test
  void insistsOnTlsUnlessTheProxySaysThatThereIsNone() {
    assertThat(hsts(behind, "https")).isPresent();
    assertThat(hsts(behind, "http")).isEmpty();
    assertThat(hsts(behind, "gopher")).as("no word on it").isPresent();
    assertThat(hsts(alone, "http")).as("a stranger's word").isPresent();
  }

  @Test
  void readsAHeaderThatComesTwiceInTheOrderItCame() throws Exception {
    for (int guess = 0; guess < 6; guess++) {
      try (var client = new RawClient(behind.server.port())) {
        String answer =
            client
                .say(
                    "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "X-Forwarded-For: 6.6.6."
                        + guess
                        + "\r\nX-Forwarded-For: 198.51.100.50\r\n\r\n")
                .hearAll();
        assertThat(answer).startsWith(guess < 5 ? "HTTP/1.1 401" : "HTTP/1.1 429");
      }
    }
  }

  @Test
  void aHugeHeaderIsRefusedAndALongOneReadFromItsEnd() throws Exception {
    try (var client = new RawClient(behind.server.port())) {
      String head = "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ";
      assertThat(client.say(head + "1.1.1.1,".repeat(4_000) + "\r\n\r\n").hearAll())
          .startsWith("HTTP/1.1 431");
    }
    String longOne = "6.6.6.6, ".repeat(1_500) + "198.51.100.60";
    for (int guess = 0; guess < 5; guess++) {
      assertThat(guess(behind, longOne).statusCode()).isEqualTo(401);
    }
    assertThat(guess(behind, "198.51.100.60").statusCode()).isEqualTo(429);
  }

  @Test
  void browsersThatOnlyTellTheirOriginMustBeOnOurs() {
    assertThat(origin("https://decide.example")).isEqualTo(200);
    assertThat(origin("http://127.0.0.1:" + behind.server.port())).isEqualTo(200);
    for (String other :
        List.of(
            "null",
            "http://decide.example",
            "https://decide.example.evil.example",
            "https://evil.example",
            "https://127.0.0.1:" + behind.server.port())) {
      assertThat(origin(other)).as(other).isEqualTo(403);
    }
    HttpRequest.Builder overTls =
        note().header("Origin", "https://127.0.0.1:" + behind.server.port());
    assertThat(behind.send(overTls.header("X-Forwarded-Proto", "https")).statusCode())
        .as("the scheme is the proxy's to tell")
        .isEqualTo(200);
  }

  private static int origin(String origin) {
    return behind.send(note().header("Origin", origin)).statusCode();
  }

  private static HttpRequest.Builder note() {
    return behind.post("/api/v1/notes", NOTE).header("Cookie", "__Host-aragora=whatever");
  }

  private static Optional<String> hsts(HttpFixture at, String proto) {
    HttpRequest.Builder asked =
        at.to("/health/live")
            .header("X-Forwarded-For", "198.51.100.9")
            .header("X-Forwarded-Proto", proto);
    return at.send(asked).headers().firstValue("Strict-Transport-Security");
  }

  private static HttpResponse<String> guess(HttpFixture at, String forwardedFor) {
    return at.send(
        at.to("/api/v1/me")
            .setHeader("Authorization", "Bearer ara_00000000_" + "0".repeat(64))
            .header("X-Forwarded-For", forwardedFor));
  }
}
