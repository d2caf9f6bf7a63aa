package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.http.safety.Exposure;
import io.aragora.platform.http.safety.Rates;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What browsers are told with every answer, and what they may not be made to do. */
final class BrowserSafetyTest {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none';"
              + " sandbox",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");
  private static final String NOTE = "{\"text\":\"a\",\"count\":1,\"tags\":[]}";
  private static final String COOKIE = "__Host-aragora=whatever";

  private static HttpFixture http;
  private static HttpFixture tls;

  @BeforeAll
  static void start() {
    http = new HttpFixture(HttpOptions.loopback());
    tls =
        new HttpFixture(
            HttpOptions.loopback()
                .withExposure(Exposure.at(URI.create("https://aragora.example"), Rates.NONE)));
  }

  @AfterAll
  static void stop() {
    http.close();
    tls.close();
  }

  @Test
  void everyAnswerCarriesTheHeadersThatKeepBrowsersSafe() {
    for (HttpRequest.Builder each :
        List.of(
            http.to("/api/v1/me"),
            http.to("/api/v1/me").setHeader("Authorization", "Bearer no"),
            http.to("/api/v1/nothing"),
            http.to("/api/v1/me").DELETE(),
            http.to("/api/v1/me?x=1"),
            http.post("/api/v1/notes", "{"),
            http.to("/api/v1/faults/mistake"),
            http.to("/api/v1/streams/whole"),
            http.to("/health/live"))) {
      check(http.send(each));
    }
    check(http.managed("/healthz"));
    check(http.managed("/metrics"));
  }

  @Test
  void anAnswerToWhatIsNoHttpCarriesThemToo() throws Exception {
    for (String head : List.of("GET / HTTP/9.9\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")) {
      try (var client = new RawClient(http.server.port())) {
        String answer = client.say(head).hearAll();
        ALWAYS.forEach((name, value) -> assertThat(answer).contains(name + ": " + value));
      }
    }
  }

  @Test
  void insistsOnTlsOnlyWhereThereIsTls() {
    assertThat(tls.send(tls.to("/api/v1/me")).headers().firstValue("Strict-Transport-Security"))
        .hasValue("max-age=31536000; includeSubDomains");
    assertThat(http.send(http.to("/api/v1/me")).headers().firstValue("Strict-Transport-Security"))
        .isEmpty();
  }

  @Test
  void anotherSiteMayNotChangeAnythingWithTheBrowsersCookies() {
    for (String site : List.of("cross-site", "same-site", "nonsense", "none, cross-site")) {
      var refused = http.send(note().header("Cookie", COOKIE).header("Sec-Fetch-Site", site));
      assertThat(refused.statusCode()).as(site).isEqualTo(403);
      assertThat(refused.body()).contains("forbidden", "another site's page");
    }
    var unknown =
        http.send(
            http.post("/api/v1/nothing", NOTE)
                .header("Cookie", COOKIE)
                .header("Sec-Fetch-Site", "cross-site"));
    assertThat(unknown.statusCode()).as("before anything else").isEqualTo(403);
  }

  @Test
  void ourOwnPagesAndProgramsMay() {
    assertThat(status(note().header("Cookie", COOKIE).header("Sec-Fetch-Site", "same-origin")))
        .isEqualTo(200);
    assertThat(status(note().header("Cookie", COOKIE).header("Sec-Fetch-Site", "none")))
        .isEqualTo(200);
    assertThat(status(note().header("Cookie", COOKIE))).isEqualTo(200);
    assertThat(status(note().header("Sec-Fetch-Site", "cross-site"))).isEqualTo(200);
    assertThat(
            status(
                http.to("/api/v1/me")
                    .header("Cookie", COOKIE)
                    .header("Sec-Fetch-Site", "cross-site")))
        .isEqualTo(200);
  }

  @Test
  void noOtherOriginIsEverLetIn() {
    var preflight =
        http.send(
            http.to("/api/v1/notes")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST"));
    assertThat(preflight.statusCode()).isEqualTo(405);
    for (var answer :
        List.of(
            preflight, http.send(http.to("/api/v1/me").header("Origin", "https://evil.example")))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
  }

  @Test
  void countsRequestsAndSaysSoInEveryAnswerOfALimitedOperation() {
    try (var limited = limited(new Rates(60, 5))) {
      var first = limited.send(limited.to("/api/v1/me"));
      assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"caller\";q=60;w=60");
      assertThat(first.headers().firstValue("RateLimit")).hasValue("\"caller\";r=59;t=1");
      var problem = limited.send(limited.to("/api/v1/me?x=1"));
      assertThat(problem.headers().firstValue("RateLimit")).isPresent();
      assertThat(limited.send(limited.to("/health/live")).headers().firstValue("RateLimit"))
          .isEmpty();
    }
  }

  @Test
  void guessingKeysIsSlowedDownWithoutTurningAwayWhoHasOne() {
    try (var limited = limited(new Rates(600, 5))) {
      for (int guess = 0; guess < 5; guess++) {
        assertThat(limited.send(guess(limited)).statusCode()).isEqualTo(401);
      }
      var slowed = limited.send(guess(limited));
      assertThat(slowed.statusCode()).isEqualTo(429);
      assertThat(slowed.body()).contains("too_many_requests");
      assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
      assertThat(slowed.headers().firstValue("RateLimit").orElse(""))
          .startsWith("\"stranger\";r=0");
      assertThat(limited.send(limited.to("/api/v1/me")).statusCode()).isEqualTo(200);
    }
  }

  private static HttpFixture limited(Rates rates) {
    return new HttpFixture(
        HttpOptions.loopback().withExposure(Exposure.at(URI.create("http://x.example"), rates)));
  }

  private static HttpRequest.Builder guess(HttpFixture at) {
    return at.to("/api/v1/me").setHeader("Authorization", "Bearer ara_00000000_" + "0".repeat(64));
  }

  private static HttpRequest.Builder note() {
    return http.post("/api/v1/notes", NOTE);
  }

  private static int status(HttpRequest.Builder request) {
    return http.send(request).statusCode();
  }

  private static void check(HttpResponse<String> answer) {
    ALWAYS.forEach(
        (name, value) ->
            assertThat(answer.headers().allValues(name))
                .as(answer.request().method() + " " + answer.uri() + " " + name)
                .containsExactly(value));
    assertThat(answer.headers().firstValue("Permissions-Policy")).isPresent();
  }
}
