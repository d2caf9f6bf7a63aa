package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.aragora.kernel.DebateId;
import io.aragora.platform.json.Json;
import io.aragora.testing.GeneratedFiles;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventReferenceTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(EventSchemas.document());

  @Test
  void thePageSaysWhatTheRecordsSay() {
    String page = EventReference.render();
    assertThat(page).doesNotContain("null");
    GeneratedFiles.check("docs/reference/events.md", page);
  }

  @Test
  void theSchemaSaysWhatTheRecordsSay() {
    GeneratedFiles.check(
        "docs/reference/events.schema.json", EventSchemas.document().toPrettyString() + "\n");
  }

  static java.util.List<Event> samples() {
    return EventSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyEventAsItIsSentHasTheShapeOfExactlyOneType(Event sample) {
    var sent = sent(sample);

    assertThat(SCHEMA.validate(sent)).isEmpty();
    ((com.fasterxml.jackson.databind.node.ObjectNode) sent.path("data")).put("extra", 1);
    assertThat(SCHEMA.validate(sent)).isNotEmpty();
  }

  private static com.fasterxml.jackson.databind.JsonNode sent(Event sample) {
    return Json.tree(
        EventChain.write(
                new DebateId(UUID.randomUUID()),
                1,
                Instant.parse("2026-11-23T12:00:00Z"),
                sample,
                EventChain.START)
            .body());
  }
}
