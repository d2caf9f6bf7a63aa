package io.aragora.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.spec.OpenApi;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Holds every answer against the OpenAPI document: path, method, status, media type and, where it
 * is JSON, the schema. Stricter than the document: properties it does not name are faults too.
 */
public final class ResponseValidator {
  private static final Map<String, ResponseValidator> SERVED = new ConcurrentHashMap<>();

  private final ObjectNode document;
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  private ResponseValidator(ObjectNode document) {
    this.document = document;
    document.at("/components/schemas").forEach(ResponseValidator::close);
  }

  /** Against the description these operations would be given. */
  public static ResponseValidator of(List<Operation> operations) {
    return new ResponseValidator(OpenApi.document(operations, "0"));
  }

  /** Against a description as a server serves it; the same text is read once. */
  public static ResponseValidator of(String json) {
    return SERVED.computeIfAbsent(
        json, text -> new ResponseValidator((ObjectNode) Json.tree(text)));
  }

  /** What is wrong with this answer; empty if it is as documented. */
  public List<String> faults(
      String method, String path, int status, String contentType, byte[] body) {
    if (status == 404 || status == 405 || status >= 400 && template(path).isEmpty()) {
      return check("#/components/schemas/Problem", body);
    }
    String found = template(path).orElse(null);
    if (found == null) {
      return List.of("no operation has the path " + path);
    }
    String verb = method.toLowerCase(Locale.ROOT);
    JsonNode response =
        document.path("paths").path(found).path(verb).path("responses").path("" + status);
    if (response.isMissingNode()) {
      return List.of("%s %s does not declare the status %d".formatted(method, found, status));
    }
    if (!response.has("content")) {
      return body.length == 0 ? List.of() : List.of("a body came where none is declared");
    }
    JsonNode content = response.path("content").path(contentType);
    if (content.isMissingNode()) {
      return List.of(
          "%s %s does not declare %s for %d".formatted(method, found, contentType, status));
    }
    // Lines of JSON are many values, not one.
    if (!contentType.contains("json") || contentType.equals(Json.LINES)) {
      return List.of();
    }
    return check(
        "#/paths/%s/%s/responses/%d/content/%s/schema"
            .formatted(escape(found), verb, status, escape(contentType)),
        body);
  }

  private List<String> check(String pointer, byte[] body) {
    try {
      return compiled.computeIfAbsent(pointer, this::compile).validate(Json.tree(body)).stream()
          .map(Object::toString)
          .sorted()
          .toList();
    } catch (RuntimeException notJson) {
      return List.of("the body cannot be checked: " + notJson.getMessage());
    }
  }

  private JsonSchema compile(String pointer) {
    // In 3.1 schemas are plain JSON Schema 2020-12: the document is the root, the rest a reference.
    var root = Json.object();
    root.set("components", document.get("components"));
    root.set("paths", document.get("paths"));
    root.put("$ref", pointer);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(root, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  private Optional<String> template(String path) {
    String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    return document.path("paths").properties().stream()
        .map(Map.Entry::getKey)
        .sorted((one, other) -> one.replace('{', '\uffff').compareTo(other.replace('{', '\uffff')))
        .filter(each -> plain.matches(each.replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+")))
        .findFirst();
  }

  private static String escape(String step) {
    return Stream.of(step.replace("~", "~0").replace("/", "~1"))
        .map(each -> each.replace("{", "%7B").replace("}", "%7D"))
        .findFirst()
        .orElseThrow();
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }
}
