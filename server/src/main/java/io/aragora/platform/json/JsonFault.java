package io.aragora.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.aragora.kernel.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** JSON text that cannot be accepted: where, which rule, what was wrong. */
public final class JsonFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String rule;

  public JsonFault(String pointer, String rule, String message) {
    super(message);
    this.pointer = pointer;
    this.rule = rule;
  }

  public String pointer() {
    return pointer;
  }

  /** One of: syntax, encoding, empty, unknown_property, type, rule. */
  public String rule() {
    return rule;
  }

  public String message() {
    return String.valueOf(getMessage());
  }

  static JsonFault of(IOException bad) {
    return switch (bad) {
      case UnrecognizedPropertyException unknown ->
          new JsonFault(
              pointer(unknown.getPath()),
              "unknown_property",
              "unknown property " + unknown.getPropertyName());
      case InvalidNullException nothing ->
          new JsonFault(
              pointer(nothing.getPath()), "required", "null stands where a value is needed");
      case JsonMappingException wrong
          when wrong.getCause() instanceof IllegalArgumentException broken ->
          new JsonFault(pointer(wrong.getPath()), "rule", String.valueOf(broken.getMessage()));
      case JsonMappingException wrong when wrong.getCause() instanceof NullPointerException ->
          new JsonFault(pointer(wrong.getPath()), "required", "a required property is missing");
      case JsonMappingException wrong when wrong.getCause() instanceof Refusal refusal ->
          throw refusal;
      case JsonMappingException wrong ->
          new JsonFault(pointer(wrong.getPath()), "type", firstLine(wrong));
      case JsonProcessingException syntax -> new JsonFault("", "syntax", firstLine(syntax));
      default -> new JsonFault("", "encoding", String.valueOf(bad.getMessage()));
    };
  }

  private static String pointer(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  private static String firstLine(JsonProcessingException bad) {
    String message = bad.getOriginalMessage().lines().findFirst().orElse("not JSON");
    // Jackson names our classes in its texts; a caller has no use for them.
    return message.replaceAll("`?io\\.aragora\\.[\\w.$]+`?", "this value");
  }
}
