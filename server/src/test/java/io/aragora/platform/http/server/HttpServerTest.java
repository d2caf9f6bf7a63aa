package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerTest {
  private static final String NOTE = "{\"text\":\"a\",\"count\":1,\"tags\":[]}";
  private static HttpFixture http;

  @BeforeAll
  static void start() {
    http = new HttpFixture(HttpOptions.loopback());
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  private static JsonNode problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.body()).as("status %s", response.statusCode()).contains("\"code\"");
    JsonNode body = Json.tree(response.body());
    assertThat(body.path("code").asText()).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(body.path("status").asInt()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(body.path("trace_id").asText()).isNotEmpty();
    assertThat(body.path("errors").isArray()).isTrue();
    assertThat(new ArrayList<>(body.properties().stream().map(e -> e.getKey()).toList()))
        .isSubsetOf(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "trace_id",
            "retryable",
            "retry_after_ms",
            "errors");
    return body;
  }

  @Test
  void answersAnAdmittedCall() {
    var response = http.send(http.post("/api/v1/notes", NOTE));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(NOTE);
    assertThat(response.headers().map())
        .containsKeys("x-api-version", "x-request-id", "x-content-type-options")
        .containsKeys("content-security-policy", "cache-control");
  }

  @Test
  void givesBackAWellFormedRequestIdAndReplacesAnother() {
    var good = http.send(http.to("/api/v1/me").header("X-Request-Id", "abc-1"));
    assertThat(good.headers().firstValue("X-Request-Id")).hasValue("abc-1");
    var bad = http.send(http.to("/api/v1/me").header("X-Request-Id", "a b<c>"));
    assertThat(bad.headers().firstValue("X-Request-Id").orElseThrow()).doesNotContain("<");
  }

  @Test
  void refusesWhoBringsNoOrAWrongKey() {
    var wrong = http.key.secret().replaceAll(".$", "x");
    var none = http.send(http.to("/api/v1/me").setHeader("Authorization", "Bearer " + wrong));
    problem(none, 401, "unauthenticated");
    assertThat(none.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
  }

  @Test
  void refusesWhoLacksThePermissionAndNamesIt() {
    var response =
        http.send(
            http.to("/api/v1/notes").setHeader("Authorization", "Bearer " + http.weak.secret()));
    var body = problem(response, 403, "forbidden");
    assertThat(body.path("detail").asText()).contains("debate.read");
  }

  @Test
  void saysWhatAPathKnowsInsteadOfAnotherMethod() {
    var response = http.send(http.to("/api/v1/notes").DELETE());
    problem(response, 405, "method_not_allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
  }

  @Test
  void answersUnknownPathsWithAProblem() {
    problem(http.send(http.to("/api/v1/nothing")), 404, "not_found");
    problem(http.send(http.to("/")), 404, "not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                                              | 400 | invalid_json  |
                                                         | 400 | invalid_json  |
          nonsense                                       | 400 | invalid_json  |
          {"text":"a","text":"b","count":1,"tags":[]}    | 400 | invalid_json  |
          {"text":"\\ud800","count":1,"tags":[]}         | 400 | invalid_json  |
          {"text":"a","count":1,"tags":[]} x             | 400 | invalid_json  |
          {"text":"a","count":1,"tags":[],"colour":1}    | 422 | invalid_input | /colour
          {"text":5,"count":1,"tags":[]}                 | 422 | invalid_input | /text
          {"text":"a","count":"1","tags":[]}             | 422 | invalid_input | /count
          {"text":"a","count":1.5,"tags":[]}             | 422 | invalid_input | /count
          {"text":"a","count":99999999999,"tags":[]}     | 422 | invalid_input | /count
          {"text":"a","count":-1,"tags":[]}              | 422 | invalid_input |
          {"text":"a","count":1,"tags":[],"id":"x"}      | 422 | invalid_input | /id
          {"text":"a","count":1,"tags":{}}               | 422 | invalid_input | /tags
          {"text":"a","count":1}                         | 422 | invalid_input |
          {"text":"a","count":null,"tags":[]}            | 422 | invalid_input | /count
          []                                             | 422 | invalid_input |
          "text"                                         | 422 | invalid_input |
          """)
  void refusesBadBodiesAndPointsAtTheFault(String body, int status, String code, String pointer) {
    var response = http.send(http.post("/api/v1/notes", body == null ? "" : body));
    JsonNode problem = problem(response, status, code);
    assertThat(problem.path("errors")).hasSize(1);
    if (pointer != null) {
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }
    assertThat(response.body()).doesNotContain("io.aragora").doesNotContain("jackson");
  }

  @Test
  void refusesBodiesThatAreNotUtf8OrTooDeep() {
    var latin =
        http.to("/api/v1/notes")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xe9, '"'}));
    problem(http.send(latin), 400, "invalid_json");
    String deep = "{\"text\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    var response = http.send(http.post("/api/v1/notes", deep));
    assertThat(response.statusCode()).isBetween(400, 422);
  }

  @Test
  void takesOnlyTheDeclaredMediaType() {
    var text =
        http.to("/api/v1/notes")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(NOTE));
    problem(http.send(text), 415, "unsupported_media_type");
    var none = http.to("/api/v1/notes").POST(BodyPublishers.ofString(NOTE));
    problem(http.send(none), 415, "unsupported_media_type");
    var latin =
        http.to("/api/v1/notes")
            .header("Content-Type", "application/json; charset=iso-8859-1")
            .POST(BodyPublishers.ofString(NOTE));
    problem(http.send(latin), 415, "unsupported_media_type");
    var utf8 =
        http.to("/api/v1/notes")
            .header("Content-Type", "application/json; charset=UTF-8")
            .POST(BodyPublishers.ofString(NOTE));
    assertThat(http.send(utf8).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesFormatsItCannotProduce() {
    problem(http.send(http.to("/api/v1/me").header("Accept", "text/html")), 406, "not_acceptable");
    assertThat(http.send(http.to("/api/v1/me").header("Accept", "text/*, */*;q=0.1")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesBodiesOverTheOperationsLimitWithAndWithoutALength() {
    String huge = "{\"text\":\"" + "x".repeat(600_000) + "\"}";
    problem(http.send(http.post("/api/v1/notes", huge)), 413, "payload_too_large");
    var chunked =
        http.to("/api/v1/notes")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(huge.getBytes())));
    problem(http.send(chunked), 413, "payload_too_large");
  }

  @Test
  void refusesABodyWhereNoneIsTaken() {
    var body = http.to("/api/v1/me").method("GET", BodyPublishers.ofString("hello"));
    problem(http.send(body), 413, "payload_too_large");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0",
    "limit=201",
    "limit=x",
    "limit=1&limit=2",
    "limt=5",
    "cursor=abc",
    "cursor=%00"
  })
  void refusesBadQueries(String query) {
    problem(http.send(http.to("/api/v1/notes?" + query)), 400, "invalid_query");
  }

  @Test
  void namesTheNearestQueryParameter() {
    var response = http.send(http.to("/api/v1/notes?limt=5"));
    assertThat(response.body()).contains("did you mean limit?");
  }

  @Test
  void takesIdsOnlyInTheirFullForm() {
    var put =
        http.to("/api/v1/files/1-1-1-1-1")
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofString("abc"));
    problem(http.send(put), 404, "not_found");
  }

  @Test
  void tellsNothingOfItsInsides() {
    for (String kind : new String[] {"mistake", "sql"}) {
      var response = http.send(http.to("/api/v1/faults/" + kind));
      problem(response, 500, "internal");
      assertThat(response.body())
          .doesNotContain("nowhere")
          .doesNotContain("Exception")
          .doesNotContain("select")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void tellsAReaderOfAFaultInsideTheStream() {
    var response = http.send(http.to("/api/v1/streams/broken"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("data: one\n\nevent: error\ndata: {");
    String json = response.body().lines().filter(l -> l.startsWith("data: {")).findFirst().get();
    assertThat(Json.tree(json.substring(6)).path("code").asText()).isEqualTo("internal");
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void keepsTheConnectionAfterARefusalWithASmallBody() throws Exception {
    String head =
        """
        POST /api/v1/notes HTTP/1.1\r
        Host: x\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(NOTE.length());
    try (var raw = new RawClient(http.server.port())) {
      raw.say(
          head + NOTE + "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nBAD\r\n");
      String all = raw.hearAll();
      assertThat(all.split("HTTP/1.1 401", -1)).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1\\r\\n\\r\\n', 400",
    "'GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n', 400",
    "'GET /\\x01 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n', 400",
    "'NONSENSE\\r\\n\\r\\n', 400",
    "'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: abc\\r\\n\\r\\n', 400",
    "'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -5\\r\\n\\r\\n', 400",
    "'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 99999999\\r\\n\\r\\n', 413",
    "'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n', 400",
    "'POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nZZ\\r\\n', 404",
    "'GET / HTTP/1.1\\r\\nHost: a\\r\\nX:\\x01\\r\\n\\r\\n', 400",
  })
  void answersBrokenHttpWithAProblem(String request, int status) throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say(request.replace("\\r", "\r").replace("\\n", "\n").replace("\\x01", "\u0001"));
      String answer = raw.hearAll();
      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer.toLowerCase()).contains("content-type: application/problem+json");
    }
  }

  @Test
  void namesABadRequestByItsCode() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      assertThat(raw.say("NONSENSE\r\n\r\n").hearAll()).contains("\"code\":\"bad_request\"");
    }
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    try (var raw = new RawClient(http.server.port())) {
      raw.say("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "y".repeat(20_000) + "\r\n\r\n");
      assertThat(raw.hearAll()).startsWith("HTTP/1.1 431").contains("headers_too_large");
    }
  }
}
