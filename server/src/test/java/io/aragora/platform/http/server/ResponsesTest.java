package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.AccessRoutes;
import io.aragora.platform.http.HealthRoutes;
import io.aragora.platform.http.spec.SpecRoutes;
import io.aragora.testing.ResponseValidator;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ResponsesTest {
  private static HttpFixture http;
  private static ResponseValidator validator;

  @BeforeAll
  static void start() {
    http = new HttpFixture(HttpOptions.loopback());
    validator =
        ResponseValidator.of(
            SpecRoutes.operations(
                List.of(new AccessRoutes(), new HealthRoutes(http.health), http::endpoints)));
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  private static List<String> faults(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    var response = http.send(request);
    return validator.faults(
        built.method(),
        built.uri().getRawPath(),
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void findsAnswersThatAreAsDocumented() {
    String note = "{\"text\":\"a\",\"count\":1,\"tags\":[\"x\"]}";
    assertThat(faults(http.to("/api/v1/me"))).isEmpty();
    assertThat(faults(http.to("/health/ready"))).isEmpty();
    assertThat(faults(http.post("/api/v1/notes", note))).isEmpty();
    assertThat(faults(http.post("/api/v1/things", note))).isEmpty();
    assertThat(faults(http.post("/api/v1/notes", "{"))).isEmpty();
    assertThat(faults(http.post("/api/v1/notes", "{}"))).isEmpty();
    assertThat(faults(http.to("/api/v1/me").setHeader("Authorization", "no"))).isEmpty();
    assertThat(faults(http.to("/api/v1/nothing"))).isEmpty();
    assertThat(faults(http.to("/api/v1/me?x=1"))).isEmpty();
    assertThat(faults(http.to("/api/v1/faults/mistake"))).isEmpty();
    assertThat(faults(http.to("/api/v1/streams/broken"))).isEmpty();
  }

  @Test
  void findsAnswersThatAreNot() {
    // The list of the fixture promises a page and gives an array, or a status it never declared.
    assertThat(faults(http.to("/api/v1/notes"))).isNotEmpty();
    assertThat(faults(http.to("/api/v1/faults/conflict"))).isNotEmpty();
    byte[] more = "{\"workspace_id\":1,\"colour\":2}".getBytes(StandardCharsets.UTF_8);
    assertThat(validator.faults("GET", "/api/v1/me", 200, "application/json", more))
        .anyMatch(fault -> fault.contains("colour"))
        .anyMatch(fault -> fault.contains("workspace_id"))
        .anyMatch(fault -> fault.contains("actor_id"));
    assertThat(validator.faults("GET", "/api/v1/me", 204, "", new byte[0])).isNotEmpty();
    assertThat(validator.faults("GET", "/api/v1/me", 200, "text/html", new byte[0])).isNotEmpty();
  }
}
