package io.aragora.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The body of a chat completion request, in the words one server understands. */
final class ChatRequest {
  /** Parts of the protocol that a server may refuse, after which it is asked without. */
  enum Feature {
    JSON_SCHEMA("json_schema", "response_format", "grammar", "schema"),
    JSON_OBJECT("json_object", "response_format"),
    USAGE("stream_options", "include_usage"),
    MAX_TOKENS("max_completion_tokens", "max_tokens"),
    TEMPERATURE("temperature"),
    SEED("seed");

    private final Set<String> words;

    Feature(String... words) {
      this.words = Set.of(words);
    }
  }

  private ChatRequest() {}

  static Set<Feature> everything() {
    return EnumSet.allOf(Feature.class);
  }

  /** What to ask for after a server refused a request with these words; empty if nothing helps. */
  static Optional<Set<Feature>> without(Set<Feature> used, String complaint) {
    String said = complaint.toLowerCase(Locale.ROOT);
    for (Feature feature : used) {
      if (feature.words.stream().anyMatch(said::contains)) {
        Set<Feature> rest = EnumSet.copyOf(used);
        rest.remove(feature);
        return Optional.of(rest);
      }
    }
    return Optional.empty();
  }

  static byte[] body(Ask ask, String model, Set<Feature> features) {
    ObjectNode body = Json.object().put("model", model);
    messages(ask, body.putArray("messages"), features.contains(Feature.JSON_SCHEMA));
    body.put("stream", true);
    // The newer name is asked for only where the older one was refused.
    boolean usual = features.contains(Feature.MAX_TOKENS);
    body.put(usual ? "max_tokens" : "max_completion_tokens", ask.maxTokens());
    if (features.contains(Feature.USAGE)) {
      body.putObject("stream_options").put("include_usage", true);
    }
    if (features.contains(Feature.TEMPERATURE)) {
      body.put("temperature", ask.temperature());
    }
    if (features.contains(Feature.SEED)) {
      body.put("seed", ask.seed());
    }
    structure(ask, body, features);
    return Json.bytes(body);
  }

  private static void messages(Ask ask, ArrayNode messages, boolean schemaIsSent) {
    String system =
        schemaIsSent
            ? ask.system()
            : ask.system()
                + "\n\nAnswer with one JSON object that satisfies this JSON Schema:\n"
                + ask.jsonSchema();
    say(messages, "system", system);
    say(messages, "user", ask.material());
    Ask.Repair repair = ask.repair();
    if (repair != null) {
      say(messages, "assistant", repair.answer());
      say(
          messages,
          "user",
          "This answer cannot be used:\n- "
              + String.join("\n- ", repair.faults())
              + "\nAnswer once more with the corrected JSON object only.");
    }
  }

  private static void say(ArrayNode messages, String role, String content) {
    messages.addObject().put("role", role).put("content", content);
  }

  private static void structure(Ask ask, ObjectNode body, Set<Feature> features) {
    if (features.contains(Feature.JSON_SCHEMA)) {
      body.putObject("response_format")
          .put("type", "json_schema")
          .putObject("json_schema")
          .put("name", ask.kind().name().toLowerCase(Locale.ROOT))
          .set("schema", Json.tree(ask.jsonSchema()));
    } else if (features.contains(Feature.JSON_OBJECT)) {
      body.putObject("response_format").put("type", "json_object");
    }
  }
}
