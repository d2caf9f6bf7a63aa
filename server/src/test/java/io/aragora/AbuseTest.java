package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.crypto.Sha256;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Got;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oversized, disguised and forged input gets a documented no, and the server goes on. */
final class AbuseTest {
  private static TestAppliance appliance;
  private static TestClient client;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
    client = appliance.client();
  }

  @AfterAll
  static void stop() {
    assertThat(client.get("/api/v1/me").status()).as("it still serves").isEqualTo(200);
    appliance.close();
  }

  /** Right-to-left override, isolate, marks, zero width, separators, tags, a lone control. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u202Efdp.exe",
        "a\u2066b",
        "a\u200Eb",
        "a\u200Bb",
        "a\u2028b",
        "a\uFEFFb",
        "a\u061Cb",
        "a\u0007b",
        "a\u2060b",
        "a\uDB40\uDC41b",
        "a\r\nSet-Cookie: b"
      })
  void controlCharactersInANameAreRefusedOrHarmless(String name) {
    Got got = attach("text named " + name.hashCode(), name);
    assertThat(got.status()).as(got.text()).isEqualTo(400);
    assertThat(got.code()).isEqualTo("invalid_query");
  }

  /** What looks alike is kept as it came, and is never taken for the other. */
  /** Found by the fuzz: each was a 500 once. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/sessions       | {"email": "\\u0000", "password": "some text"} | 401
          /api/v1/password/resets | {"email": "\\u0000"}                        | 202
          /api/v1/invites/look   | {}                                             | 422
          /api/v1/invites/accept | {"name": "Nora", "password": "some text"}      | 422
          /api/v1/setup          | {}                                             | 422
          """)
  void whatIsMissingOrNoTextIsRefusedInWords(String path, String body, int status) {
    assertThat(client.post(path, body).status()).isEqualTo(status);
  }

  @Test
  void namesThatLookAlikeStayTwoNames() {
    assertThat(attach("latin", "paypal.txt").status()).isEqualTo(200);
    assertThat(attach("cyrillic", "p\u0430yp\u0430l.txt").status()).isEqualTo(200);
    assertThat(attach("composed", "\u00E9.txt").status()).isEqualTo(200);
    assertThat(attach("decomposed", "e\u0301.txt").status()).isEqualTo(200);
    assertThat(
            client.get("/api/v1/evidence?limit=200").json().path("items").findValuesAsText("name"))
        .contains("paypal.txt", "p\u0430yp\u0430l.txt", "\u00E9.txt", "e\u0301.txt");
  }

  @Test
  void namesThatLookLikeSqlAreJustNames() {
    String name = "'; drop table evidence; --";
    assertThat(attach("a text", name).json().path("name").asText()).isEqualTo(name);
    assertThat(
            client.get("/api/v1/evidence?limit=200").json().path("items").findValuesAsText("name"))
        .contains(name);
  }

  @Test
  void aMegabyteOfHeadersIsCutOffWithAProblem() throws IOException {
    String answer =
        say(
            "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: "
                + "y".repeat(1_048_576)
                + "\r\n\r\n");
    assertThat(answer)
        .satisfiesAnyOf(
            text -> assertThat(text).contains("431", "headers_too_large"),
            // The kernel may have dropped the answer with the bytes nobody read.
            text -> assertThat(text).isEmpty());
    assertThat(say("GET /x HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(5_000) + "\r\n"))
        .satisfiesAnyOf(
            text -> assertThat(text).contains("431"), text -> assertThat(text).isEmpty());
  }

  @Test
  void tenThousandQueryParametersAreRefused() throws IOException {
    assertThat(say("GET /health/live?" + "a=1&".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .satisfiesAnyOf(
            text -> assertThat(text).startsWith("HTTP/1.1 4"), text -> assertThat(text).isEmpty());
    Got most = client.get("/api/v1/me?" + "a&".repeat(1_900));
    assertThat(most.code()).isEqualTo("invalid_query");
  }

  @Test
  void deepAndWideJsonIsRefused() {
    String deep = "{\"question\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(client.post("/api/v1/debates", deep).status()).isBetween(400, 422);
    String wide = "{" + "\"q\":1,".repeat(30_000) + "\"z\":1}";
    assertThat(client.post("/api/v1/debates", wide).status()).isBetween(400, 422);
    String number = "{\"question\":\"q\",\"cap\":" + "9".repeat(100_000) + "}";
    assertThat(client.post("/api/v1/debates", number).status()).isBetween(400, 422);
  }

  @Test
  void methodsNobodyAskedForAreRefused() throws IOException {
    for (String method : List.of("TRACE", "CONNECT", "PATCH", "PROPFIND", "get")) {
      String answer = say(method + " /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(method).startsWith("HTTP/1.1 4").doesNotContain("Host: x");
    }
  }

  @Test
  void answersAreNotKeptByCaches() {
    for (String path : List.of("/api/v1/me", "/api/v1/debates", "/api/v1/nothing")) {
      assertThat(client.get(path).raw().headers().firstValue("Cache-Control"))
          .as(path)
          .hasValue("no-store");
    }
  }

  /** Without a proxy to trust, what a caller says of its address counts for nothing. */
  @Test
  void nobodySaysWhereTheyCallFrom() {
    try (var limited = TestAppliance.start(Map.of("ARAGORA_STRANGER_RATE", "20"))) {
      TestClient stranger = limited.anonymous();
      int last = 0;
      for (int call = 0; call < 25; call++) {
        last =
            stranger
                .send(
                    "GET",
                    "/api/v1/me",
                    null,
                    List.of(
                        "X-Forwarded-For", "192.0.2." + call,
                        "X-Real-IP", "192.0.2." + call,
                        "Forwarded", "for=192.0.2." + call))
                .status();
      }
      assertThat(last).isEqualTo(429);
    }
  }

  private static Got attach(String text, String name) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return client.send(
        "PUT",
        "/api/v1/evidence/"
            + Sha256.of(bytes).hex()
            + "?name="
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
        bytes,
        List.of("Content-Type", "application/octet-stream"));
  }

  /** What the server answers to these bytes until it closes; empty if it reset the line. */
  private static String say(String text) throws IOException {
    try (var socket = new Socket("127.0.0.1", appliance.port())) {
      socket.setSoTimeout(15_000);
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (SocketException closedWhileWeSpoke) {
        // Its answer may still be there to read.
      }
      var heard = new java.io.ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(heard);
      } catch (SocketException | java.net.SocketTimeoutException end) {
        // What came before is what it said.
      }
      return heard.toString(StandardCharsets.UTF_8);
    }
  }
}
