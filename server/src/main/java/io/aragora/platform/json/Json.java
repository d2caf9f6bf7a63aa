package io.aragora.platform.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The one JSON reader and writer: snake_case, strict. Duplicate keys, unknown properties, trailing
 * text, depth over 64, numbers over 40 digits, type coercions and null inside lists and maps are
 * refused with {@link JsonFault}.
 */
public final class Json {
  /** The media type of many values, one a line. */
  public static final String LINES = "application/jsonl";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(40)
                          .maxStringLength(16 * 1024 * 1024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .addModule(KernelJson.module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          // No list and no map of ours has a place for nothing.
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          // A record's isOpen() is a question, not one of its components.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private Json() {}

  /** Reads one record from UTF-8 text. */
  public static <T> T read(byte[] utf8, Class<T> type) {
    try {
      T value = MAPPER.readValue(Utf8.strict(utf8), type);
      if (value == null) {
        throw new JsonFault("", "null", "the JSON text is null where a value is needed");
      }
      return value;
    } catch (IOException bad) {
      throw JsonFault.of(bad);
    }
  }

  public static <T> T read(String text, Class<T> type) {
    return read(text.getBytes(StandardCharsets.UTF_8), type);
  }

  /** Reads any JSON value as a tree. */
  public static JsonNode tree(byte[] utf8) {
    try {
      JsonNode node = MAPPER.readTree(Utf8.strict(utf8));
      if (node == null || node.isMissingNode()) {
        throw new JsonFault("", "empty", "the JSON text is empty");
      }
      return node;
    } catch (IOException bad) {
      throw JsonFault.of(bad);
    }
  }

  public static JsonNode tree(String text) {
    return tree(text.getBytes(StandardCharsets.UTF_8));
  }

  public static <T> T convert(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException bad) {
      throw JsonFault.of(bad);
    }
  }

  public static JsonNode toTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException bug) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), bug);
    }
  }

  public static String text(Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** For libraries that want a mapper; it is shared, so never configure it. */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
