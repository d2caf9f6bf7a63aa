package io.aragora.platform.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;

/** Writes one line an event, as JSON or as text, with the request's id. Named in logback.xml. */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {
  /** The logger whose messages are JSON objects already. */
  private static final String REQUESTS = "aragora.request";

  private Logs.Format format = Logs.Format.TEXT;

  /** Called by logback from its configuration. */
  public void setFormat(String name) {
    format = Logs.Format.valueOf(name);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  // The request's id is a scoped value: it is read here, on the thread that logs.
  @Override
  public byte[] encode(ILoggingEvent event) {
    String line =
        switch (format) {
          case JSON -> json(event);
          case TEXT -> text(event);
        };
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String json(ILoggingEvent event) {
    var line = Json.object();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    RequestScope.requestId().ifPresent(id -> line.put("request_id", id));
    if (event.getLoggerName().equals(REQUESTS)) {
      line.setAll((ObjectNode) Json.tree(event.getFormattedMessage()));
    } else {
      line.put("message", event.getFormattedMessage());
    }
    if (event.getThrowableProxy() != null) {
      line.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return Json.text(line);
  }

  private static String text(ILoggingEvent event) {
    String id = RequestScope.requestId().map(known -> " [" + known + "]").orElse("");
    String line =
        "%s %-5s %s%s %s"
            .formatted(
                event.getInstant(),
                event.getLevel(),
                event.getLoggerName(),
                id,
                oneLine(event.getFormattedMessage()));
    return event.getThrowableProxy() == null
        ? line
        : line + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  /** A line break in a message would let a caller write log lines of its own. */
  private static String oneLine(String message) {
    return message.replace("\r", "\\r").replace("\n", "\\n");
  }
}
