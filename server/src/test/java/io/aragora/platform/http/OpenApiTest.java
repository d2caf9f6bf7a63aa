package io.aragora.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.platform.http.spec.OpenApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
  enum Colour {
    RED,
    BLUE
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(long sideLength) implements Shape {}

  record Everything(
      UUID id,
      Instant madeAt,
      Money price,
      Colour colour,
      Shape shape,
      List<Circle> circles,
      Map<String, Integer> counts,
      @Nullable String note) {}

  private static ObjectNode document() {
    return OpenApi.document(
        List.of(
            Operation.post("things.create", "/api/v1/things")
                .about("Makes a thing. It may take long.")
                .needs(Permission.OPEN_DEBATE)
                .takes(Everything.class)
                .gives(201, Everything.class)
                .refuses(ErrorCode.BUDGET_EXCEEDED),
            Operation.get("things.list", "/api/v1/things")
                .about("Lists things.")
                .needs(Permission.READ_DEBATE)
                .givesPageOf(Everything.class),
            Operation.get("health.live", "/health/live")
                .about("Tells that the process lives.")
                .gives(200, Circle.class)),
        "0.1.0");
  }

  @Test
  void writesEachTypeAsJsonHasIt() {
    var schema = document().at("/components/schemas/Everything");
    assertThat(schema.at("/properties/id/format").asText()).isEqualTo("uuid");
    assertThat(schema.at("/properties/made_at/format").asText()).isEqualTo("date-time");
    assertThat(schema.at("/properties/price/type").asText()).isEqualTo("integer");
    assertThat(schema.at("/properties/circles/items/$ref").asText()).endsWith("/Circle");
    assertThat(schema.at("/properties/counts/additionalProperties/type").asText())
        .isEqualTo("integer");
    assertThat(schema.at("/required").toString())
        .isEqualTo("[\"id\",\"made_at\",\"price\",\"colour\",\"shape\",\"circles\",\"counts\"]");
    assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
    assertThat(document().at("/components/schemas/Colour/enum").toString())
        .isEqualTo("[\"RED\",\"BLUE\"]");
  }

  @Test
  void writesSealedTypesAsOneOfWithATag() {
    var shape = document().at("/components/schemas/Shape");
    assertThat(shape.at("/oneOf")).hasSize(2);
    assertThat(shape.at("/discriminator/mapping/circle").asText()).endsWith("/Circle");
    assertThat(document().at("/components/schemas/Circle/properties/type/const").asText())
        .isEqualTo("circle");
  }

  @Test
  void documentsEveryRefusalWithItsCode() {
    var responses = document().at("/paths/~1api~1v1~1things/post/responses");
    assertThat(responses.at("/402/content/application~1problem+json").toString())
        .contains("budget_exceeded");
    assertThat(responses.at("/401/content/application~1problem+json").toString())
        .contains("unauthenticated");
    assertThat(responses.at("/409").toString()).contains("idempotency_running");
  }

  @Test
  void givesTheSameTextEachTime() {
    assertThat(OpenApi.yaml(document())).isEqualTo(OpenApi.yaml(document()));
  }
}
