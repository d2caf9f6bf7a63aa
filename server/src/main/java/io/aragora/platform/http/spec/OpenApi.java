package io.aragora.platform.http.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.aragora.platform.http.Operation;
import io.aragora.platform.json.Json;
import java.util.LinkedHashSet;
import java.util.List;

/** Writes the OpenAPI 3.1 document of a list of operations. */
public final class OpenApi {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private OpenApi() {}

  /** The document; the same operations always give the same text. */
  public static ObjectNode document(List<Operation> operations, String version) {
    var schemas = new Schemas();
    var document = Json.object();
    document.put("openapi", "3.1.0");
    info(document.putObject("info"), version);
    document.putArray("servers").addObject().put("url", "/").put("description", "This appliance");
    tags(document, operations);
    var paths = document.putObject("paths");
    for (Operation each : operations) {
      var path =
          paths.has(each.path())
              ? (ObjectNode) paths.get(each.path())
              : paths.putObject(each.path());
      path.set(each.verb().toLowerCase(java.util.Locale.ROOT), OperationDoc.of(each, schemas));
    }
    var components = document.putObject("components");
    components.set("schemas", schemas.components());
    components
        .putObject("securitySchemes")
        .putObject("api_key")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "An API key: ara_ and what follows, shown once when it was made.");
    return document;
  }

  public static String yaml(ObjectNode document) {
    return write(YAML, document);
  }

  public static String json(ObjectNode document) {
    return write(Json.mapper(), document);
  }

  private static void info(ObjectNode info, String version) {
    info.put("title", "Aragora Appliance");
    info.put("version", version);
    info.put(
        "description",
        "A panel of language models argues a question out; the answer is a receipt that anyone"
            + " can verify offline. Every error is a problem document (RFC 9457) with a code.");
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
  }

  private static void tags(ObjectNode document, List<Operation> operations) {
    var nouns = new LinkedHashSet<String>();
    operations.forEach(each -> nouns.add(each.noun()));
    var tags = document.putArray("tags");
    nouns.forEach(
        noun -> tags.addObject().put("name", noun).put("description", "Operations on " + noun));
  }

  private static String write(ObjectMapper mapper, ObjectNode document) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("a tree can always be written", bug);
    }
  }
}
