package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.CanonicalText;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON with one byte form for each value (RFC 8785). Half a surrogate pair and an integer beyond
 * 2^53 have none that all readers agree on, so both are refused.
 */
public final class CanonicalJson {
  private static final long LARGEST = (1L << 53) - 1;
  private static final JsonLimits WRITTEN =
      new JsonLimits(Integer.MAX_VALUE, 64, JsonLimits.Numbers.ANY);

  private CanonicalJson() {}

  /** Reads strictly: no duplicate keys, no lone surrogates, nothing beyond the limits. */
  public static JsonNode parse(byte[] utf8, JsonLimits limits) {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonFault(
          "", "size", "the text has " + utf8.length + " bytes, over " + limits.maxBytes());
    }
    JsonNode node = Json.tree(utf8);
    guard(node, limits, null, 0);
    return node;
  }

  /** The RFC 8785 form of an object or array. */
  public static byte[] bytes(JsonNode node) {
    if (!node.isContainerNode()) {
      throw new JsonFault("", "type", "only objects and arrays have a canonical form here");
    }
    guard(node, WRITTEN, null, 0);
    return CanonicalText.of(node);
  }

  /** Whether the text is acceptable and already in its canonical form, byte for byte. */
  public static boolean isCanonical(byte[] utf8, JsonLimits limits) {
    return Arrays.equals(utf8, bytes(parse(utf8, limits)));
  }

  /** Where a node stands; spelled out only when there is a fault to tell. */
  private record Place(@Nullable Place above, String step) {
    static String text(@Nullable Place place) {
      return place == null ? "" : text(place.above) + "/" + escape(place.step);
    }
  }

  private static void guard(JsonNode node, JsonLimits limits, @Nullable Place at, int depth) {
    if (node.isContainerNode() && depth >= limits.maxDepth()) {
      throw new JsonFault(
          Place.text(at), "depth", "nested deeper than " + limits.maxDepth() + " levels");
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        guardText(member.getKey(), at);
        guard(member.getValue(), limits, new Place(at, member.getKey()), depth + 1);
      }
    } else if (node.isArray()) {
      for (int index = 0; index < node.size(); index++) {
        guard(node.get(index), limits, new Place(at, Integer.toString(index)), depth + 1);
      }
    } else if (node.isTextual()) {
      guardText(node.textValue(), at);
    } else if (node.isNumber()) {
      guardNumber(node, limits, at);
    } else if (!node.isBoolean() && !node.isNull()) {
      throw new JsonFault(Place.text(at), "type", "not a JSON value: " + node.getNodeType());
    }
  }

  private static void guardNumber(JsonNode node, JsonLimits limits, @Nullable Place at) {
    if (node.isIntegralNumber()) {
      if (!node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST) {
        throw new JsonFault(Place.text(at), "number", "an integer beyond 2^53 - 1");
      }
    } else if (limits.numbers() == JsonLimits.Numbers.INTEGERS_ONLY) {
      throw new JsonFault(Place.text(at), "number", "a number that is not an integer");
    } else if (!Double.isFinite(node.doubleValue())) {
      throw new JsonFault(Place.text(at), "number", "a number too large for JSON");
    }
  }

  private static void guardText(String text, @Nullable Place at) {
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      if (Character.isHighSurrogate(unit)
          && index + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        index++;
      } else if (Character.isSurrogate(unit)) {
        throw new JsonFault(Place.text(at), "encoding", "the text holds half of a surrogate pair");
      }
    }
  }

  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
