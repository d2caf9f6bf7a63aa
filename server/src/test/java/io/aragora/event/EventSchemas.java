package io.aragora.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.Money;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.json.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON schema of each event type, made from its record. */
final class EventSchemas {
  private EventSchemas() {}

  /** One document: any event is one of the definitions. */
  static ObjectNode document() {
    var document = Json.object();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("title", "Debate events");
    var any = document.putArray("oneOf");
    var definitions = document.putObject("$defs");
    EventTypes.all()
        .forEach(
            (name, type) -> {
              any.addObject().put("$ref", "#/$defs/" + name);
              definitions.set(name, event(name, type));
            });
    return document;
  }

  private static ObjectNode event(String name, Class<? extends Event> type) {
    var properties = Json.object();
    properties.putObject("type").put("const", name);
    properties.putObject("seq").put("type", "integer").put("minimum", 1);
    properties.putObject("at").put("type", "string").put("format", "date-time");
    properties.putObject("debate_id").put("type", "string").put("format", "uuid");
    properties.set("data", ofRecord(type));
    return closed(properties, List.of("type", "seq", "at", "debate_id", "data"));
  }

  private static ObjectNode ofRecord(Class<?> type) {
    var properties = Json.object();
    var required = new java.util.ArrayList<String>();
    for (RecordComponent part : type.getRecordComponents()) {
      String name = wireName(part);
      properties.set(name, of(part.getGenericType()));
      if (!isNullable(part.getAnnotatedType())) {
        required.add(name);
      }
    }
    return closed(properties, required);
  }

  private static ObjectNode closed(ObjectNode properties, List<String> required) {
    var schema = Json.object();
    schema.put("type", "object");
    var names = schema.putArray("required");
    required.forEach(names::add);
    schema.put("additionalProperties", false);
    schema.set("properties", properties);
    return schema;
  }

  static ObjectNode of(Type type) {
    var schema = Json.object();
    if (type == String.class) {
      schema.put("type", "string");
    } else if (type == UUID.class || type == ReceiptId.class) {
      schema.put("type", "string").put("format", "uuid");
    } else if (type == Money.class) {
      schema.put("type", "integer").put("minimum", 0).put("description", "micro-dollars");
    } else if (type == int.class || type == long.class || type == Integer.class) {
      schema.put("type", "integer");
    } else if (type == boolean.class) {
      schema.put("type", "boolean");
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      schema.put("type", "array").set("items", of(list.getActualTypeArguments()[0]));
    } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      schema.put("type", "object").set("additionalProperties", of(map.getActualTypeArguments()[1]));
    } else if (type instanceof Class<?> nested && nested.isRecord()) {
      return ofRecord(nested);
    } else {
      throw new IllegalStateException("no schema for " + type);
    }
    return schema;
  }

  static String wireName(RecordComponent part) {
    return new PropertyNamingStrategies.SnakeCaseStrategy().translate(part.getName());
  }

  static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
