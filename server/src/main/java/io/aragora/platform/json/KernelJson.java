package io.aragora.platform.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/** How kernel words and times look on the wire: ids as text, money as micro-dollars, UTC millis. */
final class KernelJson {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private KernelJson() {}

  static SimpleModule module() {
    var module = new SimpleModule("kernel");
    text(module, WorkspaceId.class, WorkspaceId::of, WorkspaceId::toString);
    text(module, DebateId.class, DebateId::of, DebateId::toString);
    text(module, ReceiptId.class, ReceiptId::of, ReceiptId::toString);
    text(module, ActorId.class, ActorId::of, ActorId::toString);
    text(module, Instant.class, Instant::parse, MILLIS::format);
    module.addSerializer(
        Money.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Money money, JsonGenerator out, SerializerProvider context)
              throws IOException {
            out.writeNumber(money.micro());
          }
        });
    module.addDeserializer(
        Money.class,
        new JsonDeserializer<>() {
          @Override
          public Money deserialize(JsonParser in, DeserializationContext context)
              throws IOException {
            if (!in.currentToken().isNumeric()
                || in.getNumberType() == JsonParser.NumberType.DOUBLE) {
              return (Money) context.handleUnexpectedToken(Money.class, in);
            }
            return Money.ofMicro(in.getLongValue());
          }
        });
    return module;
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<String, T> parse, Function<T, String> print) {
    module.addSerializer(
        type,
        new JsonSerializer<>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider context)
              throws IOException {
            out.writeString(print.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new JsonDeserializer<>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String written = in.getValueAsString();
            try {
              return parse.apply(written);
            } catch (RuntimeException bad) {
              return type.cast(context.handleWeirdStringValue(type, written, "not acceptable"));
            }
          }
        });
  }
}
