package io.aragora.platform.http.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.json.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What JSON a Java type becomes; it follows what {@link Json} writes, by reflection. */
final class TypeSchemas {
  private static final Set<Class<?>> IDS =
      Set.of(UUID.class, WorkspaceId.class, DebateId.class, ReceiptId.class, ActorId.class);
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, short.class, Short.class, byte.class, Byte.class);

  private final Schemas schemas;

  TypeSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  ObjectNode of(Type type) {
    return switch (type) {
      case Class<?> plain -> ofClass(plain);
      case ParameterizedType generic -> ofGeneric(generic);
      default -> throw new IllegalArgumentException("no schema for " + type);
    };
  }

  private ObjectNode ofClass(Class<?> type) {
    var schema = Json.object();
    if (type == String.class) {
      return schema.put("type", "string");
    } else if (IDS.contains(type)) {
      return schema.put("type", "string").put("format", "uuid");
    } else if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    } else if (type == Money.class) {
      return integer(schema, "int64")
          .put("minimum", 0)
          .put("description", "Micro-dollars: 1000000 is one US dollar.");
    } else if (type == long.class || type == Long.class) {
      return integer(schema, "int64");
    } else if (WHOLE.contains(type)) {
      return integer(schema, "int32");
    } else if (type == double.class || type == Double.class) {
      return schema.put("type", "number");
    } else if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    } else if (JsonNode.class.isAssignableFrom(type) || type == Object.class) {
      return schema;
    }
    return ofOurs(type);
  }

  private ObjectNode ofOurs(Class<?> type) {
    Optional<Method> value = valueMethod(type);
    if (type.isEnum()) {
      return schemas.named(type, schema -> enumerate(type, schema));
    } else if (value.isPresent()) {
      return of(value.get().getGenericReturnType());
    } else if (type.isRecord()) {
      return schemas.named(type, schema -> object(type, schema));
    } else if (type.isSealed()) {
      return schemas.named(type, schema -> oneOf(type, schema));
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private ObjectNode ofGeneric(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] inner = type.getActualTypeArguments();
    if (Collection.class.isAssignableFrom(raw)) {
      var schema = Json.object().put("type", "array");
      schema.set("items", of(inner[0]));
      return schema;
    } else if (Map.class.isAssignableFrom(raw)) {
      var schema = Json.object().put("type", "object");
      schema.set("additionalProperties", of(inner[1]));
      return schema;
    } else if (raw == Optional.class) {
      return of(inner[0]);
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private void object(Class<?> type, ObjectNode schema) {
    schema.put("type", "object");
    var required = Json.object().putArray("required");
    var properties = Json.object();
    for (RecordComponent each : type.getRecordComponents()) {
      if (each.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
        continue;
      }
      String name = nameOf(each);
      properties.set(name, of(each.getGenericType()));
      if (!mayBeAbsent(each)) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
  }

  private void oneOf(Class<?> type, ObjectNode schema) {
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    var choices = schema.putArray(info == null ? "anyOf" : "oneOf");
    for (Class<?> each : type.getPermittedSubclasses()) {
      ObjectNode choice = of(each);
      choices.add(choice);
      if (info != null) {
        tag(each, info.property(), tagOf(type, each), schema);
      }
    }
    if (info != null) {
      ((ObjectNode) schema.get("discriminator")).put("propertyName", info.property());
    }
  }

  /** Writes the tag that tells one choice from the others into that choice's own schema. */
  private void tag(Class<?> choice, String property, String tag, ObjectNode parent) {
    ObjectNode reference = schemas.named(choice, unused -> {});
    ObjectNode own = schemas.get(reference);
    ((ObjectNode) own.get("properties")).putObject(property).put("const", tag);
    own.withArray("required").add(property);
    parent
        .withObject("/discriminator")
        .withObject("/mapping")
        .put(tag, reference.get("$ref").asText());
  }

  private static String tagOf(Class<?> parent, Class<?> choice) {
    JsonTypeName own = choice.getAnnotation(JsonTypeName.class);
    JsonSubTypes all = parent.getAnnotation(JsonSubTypes.class);
    return Stream.of(
            own == null ? Stream.<String>empty() : Stream.of(own.value()),
            all == null
                ? Stream.<String>empty()
                : Arrays.stream(all.value())
                    .filter(each -> each.value() == choice)
                    .map(JsonSubTypes.Type::name))
        .flatMap(names -> names)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(choice.getSimpleName());
  }

  private static void enumerate(Class<?> type, ObjectNode schema) {
    schema.put("type", "string");
    var values = schema.putArray("enum");
    for (Object each : type.getEnumConstants()) {
      values.add(Json.toTree(each).asText());
    }
  }

  private static ObjectNode integer(ObjectNode schema, String format) {
    return schema.put("type", "integer").put("format", format);
  }

  private static Optional<Method> valueMethod(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(each -> each.isAnnotationPresent(JsonValue.class))
        .findFirst();
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty own = component.getAccessor().getAnnotation(JsonProperty.class);
    return own != null && !own.value().isEmpty()
        ? own.value()
        : new PropertyNamingStrategies.SnakeCaseStrategy().translate(component.getName());
  }

  private static boolean mayBeAbsent(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class) || component.getType() == Optional.class;
  }
}
