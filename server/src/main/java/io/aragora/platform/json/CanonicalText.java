package io.aragora.platform.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;

/**
 * Writes a tree in the one form RFC 8785 gives it, straight from its nodes. The tree holds nothing
 * but JSON values, no half surrogate pairs and no integers beyond 2^53.
 */
public final class CanonicalText {
  private final StringBuilder out = new StringBuilder(1024);

  private CanonicalText() {}

  /** The canonical text in UTF-8. */
  public static byte[] of(JsonNode tree) {
    var text = new CanonicalText();
    text.value(tree);
    return text.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> string(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN, NULL -> out.append(node.asText());
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
    }
  }

  private void object(JsonNode node) {
    List<String> names = new ArrayList<>(node.size());
    node.fieldNames().forEachRemaining(names::add);
    // By UTF-16 units, as the standard asks and as Java compares.
    names.sort(null);
    char before = '{';
    for (String name : names) {
      out.append(before);
      string(name);
      out.append(':');
      value(node.get(name));
      before = ',';
    }
    out.append(names.isEmpty() ? "{}" : "}");
  }

  private void array(JsonNode node) {
    out.append('[');
    for (int at = 0; at < node.size(); at++) {
      if (at > 0) {
        out.append(',');
      }
      value(node.get(at));
    }
    out.append(']');
  }

  private void number(JsonNode node) {
    if (node.isIntegralNumber()) {
      out.append(node.longValue());
      return;
    }
    try {
      // By way of the text, for a float is not the double that its digits say.
      out.append(NumberToJSON.serializeNumber(Double.parseDouble(node.asText())));
    } catch (IOException notFinite) {
      throw new UncheckedIOException(notFinite);
    }
  }

  private void string(String text) {
    out.append('"');
    int done = 0;
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit < ' ' || unit == '"' || unit == '\\') {
        out.append(text, done, at);
        escaped(unit);
        done = at + 1;
      }
    }
    out.append(text, done, text.length()).append('"');
  }

  private void escaped(char unit) {
    out.append('\\');
    switch (unit) {
      case '"', '\\' -> out.append(unit);
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> out.append('u').append(HexFormat.of().toHexDigits(unit));
    }
  }
}
