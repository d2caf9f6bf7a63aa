package io.aragora.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aragora.platform.json.Json;
import io.aragora.testing.GeneratedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the reference page of the events from the records, their sentences and the samples. */
final class EventReference {
  private static final Pattern SENTENCE =
      Pattern.compile("/\\*\\*\\s*([^/]*?)\\s*\\*/\\s*record (\\w+)");

  private EventReference() {}

  static String render() {
    var page = new StringBuilder();
    page.append(
        """
        # Events

        Generated from the records of `Event`; do not edit. `GET /api/v1/debates/{id}/events` streams
        them as server-sent events: `id` is `seq`, `event` is `type`, `data` is the object below in one
        line. The JSON schema of each type is in [events.schema.json](events.schema.json).

        Every event is `{"type", "seq", "at", "debate_id", "data"}`; the tables name the fields of `data`.
        Numbers `seq` start at 1 and have no gap. Reconnect with `Last-Event-ID`; an answer of 204, like
        the event `debate.closed`, says that nothing follows. Lines that begin with `:` keep the line open.

        Each event is kept as its RFC 8785 text. Its hash is SHA-256 over the 32 bytes of the hash before
        it (zeros before the first) followed by that text; a receipt carries the last hash, the count and
        the RFC 6962 Merkle root over all hashes. The `data` line you receive is exactly the text hashed.

        `text.delta` is not kept and has no `id`: `{"type", "debate_id", "texts": [{"seat", "move",
        "text"}]}` is what seats have been writing since the frame before; viewers of another node get it
        once a second. With `"partial": true` each text is all that its seat has written for its move so
        far: show it instead of what you had. It comes when you connect and may be of a call that its
        node never finished. A slow reader loses such frames, never an event. `error` carries a problem document and ends the stream: reconnect.
        """);
    Map<String, String> sentences = sentences();
    for (Event sample : EventSamples.all()) {
      String name = sample.getClass().getSimpleName();
      page.append("\n## ").append(sample.type()).append("\n\n").append(sentences.get(name));
      page.append("\n\n| Field | Type |\n|---|---|\n").append(table(sample.getClass()));
      page.append("\n```json\n").append(pretty(sample)).append("\n```\n");
    }
    return page.toString();
  }

  private static String table(Class<? extends Event> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(
            part ->
                "| `%s` | %s%s |\n"
                    .formatted(
                        EventSchemas.wireName(part),
                        describe(part),
                        EventSchemas.isNullable(part.getAnnotatedType()) ? ", may be absent" : ""))
        .collect(Collectors.joining());
  }

  private static String describe(RecordComponent part) {
    var schema = EventSchemas.of(part.getGenericType());
    if (schema.has("description")) {
      return schema.path("description").asText();
    }
    String kind = schema.path("format").asText(schema.path("type").asText());
    return switch (kind) {
      case "array" -> "list of " + schema.path("items").path("type").asText();
      case "object" -> "number per option";
      default -> kind;
    };
  }

  /** The one sentence in front of each record: it has no other home. */
  private static Map<String, String> sentences() {
    try {
      String source =
          Files.readString(
              GeneratedFiles.root().resolve("server/src/main/java/io/aragora/event/Event.java"));
      var found = new HashMap<String, String>();
      for (Matcher each = SENTENCE.matcher(source); each.find(); ) {
        found.put(
            each.group(2),
            each.group(1)
                .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                .replaceAll("\\{@code (.*?)}", "`$1`"));
      }
      return found;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private static String pretty(Event sample) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(sample);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }
}
