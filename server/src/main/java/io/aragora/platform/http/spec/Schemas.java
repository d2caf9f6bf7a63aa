package io.aragora.platform.http.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Problem;
import io.aragora.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The named schemas of one document: each record once, taken ones closed to unknown properties. */
final class Schemas {
  private final Map<String, ObjectNode> byName = new LinkedHashMap<>();
  private final Map<String, Class<?>> owners = new LinkedHashMap<>();
  private final TypeSchemas types = new TypeSchemas(this);

  /** The schema of an answer. */
  ObjectNode given(Class<?> type) {
    return types.of(type);
  }

  /** The schema of a request's body: what it does not name is refused. */
  ObjectNode taken(Class<?> type) {
    ObjectNode schema = types.of(type);
    close(schema);
    return schema;
  }

  /** The envelope of a list. */
  ObjectNode page(Class<?> item) {
    String name = nameOf(item) + "Page";
    if (!byName.containsKey(name)) {
      var page = Json.object().put("type", "object");
      byName.put(name, page);
      page.putArray("required").add("items");
      var properties = page.putObject("properties");
      properties.putObject("items").put("type", "array").set("items", types.of(item));
      properties
          .putObject("next_cursor")
          .put("type", "string")
          .put("description", "Absent on the last page.");
    }
    return reference(name);
  }

  /** The problem document with every code there is. */
  ObjectNode problem() {
    if (!byName.containsKey("Problem")) {
      ObjectNode reference = types.of(Problem.class);
      var code = (ObjectNode) get(reference).at("/properties/code");
      var codes = code.putArray("enum");
      Stream.of(ErrorCode.values()).map(ErrorCode::wire).forEach(codes::add);
      return reference;
    }
    return reference("Problem");
  }

  /** A reference to the schema of {@code type}, which {@code write} fills in if it is new. */
  ObjectNode named(Class<?> type, java.util.function.Consumer<ObjectNode> write) {
    String name = nameOf(type);
    if (!byName.containsKey(name)) {
      var schema = Json.object();
      byName.put(name, schema);
      write.accept(schema);
    }
    return reference(name);
  }

  /** The schema a reference leads to. */
  ObjectNode get(ObjectNode reference) {
    String ref = reference.path("$ref").asText();
    return Objects.requireNonNull(byName.get(ref.substring(ref.lastIndexOf('/') + 1)), ref);
  }

  ObjectNode components() {
    var all = Json.object();
    byName.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> all.set(each.getKey(), each.getValue()));
    return all;
  }

  /** The simple name, or with its outer class's where two would be alike. */
  private String nameOf(Class<?> type) {
    String simple = type.getSimpleName();
    if (owners.merge(simple, type, (first, second) -> first) == type) {
      return simple;
    }
    Class<?> outer = type.getEnclosingClass();
    String longer =
        outer == null ? type.getName().replace('.', '_') : outer.getSimpleName() + simple;
    if (owners.merge(longer, type, (first, second) -> first) != type) {
      throw new IllegalStateException("two types would both be called " + longer);
    }
    return longer;
  }

  private void close(ObjectNode schema) {
    if (schema.has("$ref")) {
      ObjectNode named = get(schema);
      if (named.has("properties") && !named.has("additionalProperties")) {
        named.put("additionalProperties", false);
        closeWithin(named);
      } else if (named.has("oneOf") || named.has("anyOf")) {
        closeWithin(named);
      }
    } else {
      closeWithin(schema);
    }
  }

  private void closeWithin(ObjectNode schema) {
    for (var each : schema) {
      if (each instanceof ObjectNode child) {
        close(child);
      } else if (each.isArray()) {
        each.forEach(
            item -> {
              if (item instanceof ObjectNode child) {
                close(child);
              }
            });
      }
    }
  }

  private static ObjectNode reference(String name) {
    return Json.object().put("$ref", "#/components/schemas/" + name);
  }
}
