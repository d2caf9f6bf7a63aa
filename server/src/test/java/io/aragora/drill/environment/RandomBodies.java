package io.aragora.drill.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes bodies from schemas: some right, most with something wrong in them. */
final class RandomBodies {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 5;

  private final JsonNode description;

  RandomBodies(JsonNode description) {
    this.description = description;
  }

  byte[] of(JsonNode body, Random random, Map<String, String> headers) {
    if (body.isMissingNode()) {
      return new byte[0];
    }
    String type = body.path("content").properties().iterator().next().getKey();
    headers.put("Content-Type", random.nextInt(12) == 0 ? "text/odd" : type);
    if (!type.contains("json") || random.nextInt(6) == 0) {
      return garbage(random);
    }
    JsonNode made = made(body.path("content").path(type).path("schema"), random, 0);
    String text = made.toString();
    return switch (random.nextInt(8)) {
      case 0 ->
          text.substring(0, random.nextInt(text.length() + 1)).getBytes(StandardCharsets.UTF_8);
      case 1 -> (text + text).getBytes(StandardCharsets.UTF_8);
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
  }

  private JsonNode made(JsonNode schema, Random random, int depth) {
    JsonNode known = resolved(schema);
    if (depth > DEEPEST || random.nextInt(14) == 0) {
      return odd(random);
    }
    return switch (type(known, random)) {
      case "object" -> object(known, random, depth);
      case "array" -> {
        var array = NODES.arrayNode();
        int size = random.nextInt(20) == 0 ? 60 : random.nextInt(4);
        for (int at = 0; at < size; at++) {
          array.add(made(known.path("items"), random, depth + 1));
        }
        yield array;
      }
      case "integer" ->
          NODES.numberNode(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(20));
      case "number" -> NODES.numberNode(random.nextDouble() * 3 - 1);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> text(known, random);
    };
  }

  private ObjectNode object(JsonNode schema, Random random, int depth) {
    ObjectNode object = Json.object();
    schema
        .path("properties")
        .properties()
        .forEach(
            each -> {
              boolean required = false;
              for (JsonNode name : schema.path("required")) {
                required |= name.asText().equals(each.getKey());
              }
              if (required ? random.nextInt(12) > 0 : random.nextInt(4) == 0) {
                object.set(each.getKey(), made(each.getValue(), random, depth + 1));
              }
            });
    if (random.nextInt(12) == 0) {
      object.put("unheard_of", 1);
    }
    return object;
  }

  private static JsonNode text(JsonNode schema, Random random) {
    JsonNode words = schema.path("enum");
    if (!words.isEmpty() && random.nextInt(4) > 0) {
      return words.get(random.nextInt(words.size()));
    }
    return NODES.textNode(
        random.nextInt(3) == 0 ? RandomRequests.odd(random) : "some text " + random.nextInt(9));
  }

  private static String type(JsonNode schema, Random random) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return type.get(random.nextInt(type.size())).asText();
    }
    return type.asText(schema.has("properties") ? "object" : "string");
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode known = schema;
    for (int hop = 0; hop < DEEPEST; hop++) {
      List<JsonNode> inner = new ArrayList<>();
      for (String word : List.of("oneOf", "anyOf", "allOf")) {
        known.path(word).forEach(inner::add);
      }
      if (known.has("$ref")) {
        known = description.at(known.path("$ref").asText().substring(1));
      } else if (!inner.isEmpty()) {
        known = inner.getFirst();
      }
    }
    return known;
  }

  private static JsonNode odd(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.arrayNode().add(1);
      case 2 -> NODES.numberNode(Double.MAX_VALUE);
      case 3 -> NODES.objectNode().put("odd", true);
      case 4 -> NODES.textNode("\u0000\uFFFF");
      default -> NODES.textNode(RandomRequests.odd(random));
    };
  }

  private static byte[] garbage(Random random) {
    var bytes = new byte[random.nextInt(2_000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
