package io.aragora.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the JSON document out of an answer and holds it against the schema that was asked for. */
final class AnswerCheck {
  private static final int MAX_FAULTS = 8;
  private static final int MAX_FAULT_TEXT = 200;
  static final int MOST_SCHEMAS = 500;
  private static final Pattern THINKING = Pattern.compile("(?s)\\A\\s*<think>.*?</think>");
  private static final Pattern FENCED =
      Pattern.compile("(?s)\\A```[a-zA-Z]*\\s*\\n(.*)\\n\\s*```\\z");

  /** Either a document that may be used, or what is wrong with it. */
  sealed interface Finding {
    record Good(String json) implements Finding {}

    record Bad(List<String> faults) implements Finding {}
  }

  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> schemas = new Recent();

  Finding check(String text, String schema) {
    String json = bare(text);
    try {
      JsonNode tree = Json.tree(json);
      List<String> faults = faults(tree, schema);
      return faults.isEmpty() ? new Finding.Good(json) : new Finding.Bad(faults);
    } catch (JsonFault bad) {
      return new Finding.Bad(List.of(shortened("not one JSON object: " + bad.getMessage())));
    }
  }

  private List<String> faults(JsonNode tree, String schema) {
    if (!isFinite(tree)) {
      return List.of("a number is too large to be one");
    }
    return compiled(schema).validate(tree).stream()
        .map(ValidationMessage::getMessage)
        .map(AnswerCheck::shortened)
        .limit(MAX_FAULTS)
        .toList();
  }

  /** The seats of a round share a schema; two that compile it at once do no harm. */
  private JsonSchema compiled(String schema) {
    JsonSchema known;
    synchronized (schemas) {
      known = schemas.get(schema);
    }
    if (known == null) {
      known = factory.getSchema(schema);
      synchronized (schemas) {
        schemas.put(schema, known);
      }
    }
    return known;
  }

  int schemasKept() {
    synchronized (schemas) {
      return schemas.size();
    }
  }

  /** Schemas name a debate's own options and claims, so all that ever were would fill the heap. */
  private static final class Recent extends LinkedHashMap<String, JsonSchema> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(MOST_SCHEMAS, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, JsonSchema> eldest) {
      return size() > MOST_SCHEMAS;
    }
  }

  /** 1e999 is well-formed, and infinite once it is read. */
  private static boolean isFinite(JsonNode node) {
    if (node.isFloatingPointNumber()) {
      return Double.isFinite(node.doubleValue());
    }
    for (JsonNode child : node) {
      if (!isFinite(child)) {
        return false;
      }
    }
    return true;
  }

  /** Small models wrap the document in a code fence or think aloud before it. */
  private static String bare(String text) {
    String said = THINKING.matcher(text).replaceFirst("").strip();
    Matcher fence = FENCED.matcher(said);
    return fence.matches() ? fence.group(1).strip() : said;
  }

  private static String shortened(String fault) {
    return fault.length() > MAX_FAULT_TEXT ? fault.substring(0, MAX_FAULT_TEXT) : fault;
  }
}
