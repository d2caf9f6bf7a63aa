package io.aragora.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LogEncoderTest {
  private static String line(String format, String logger, String message) {
    var encoder = new LogEncoder();
    encoder.setFormat(format);
    var event =
        new LoggingEvent(
            "test", new LoggerContext().getLogger(logger), Level.INFO, message, null, null);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void writesOneJsonObjectALineWithTheRequestsId() {
    var written = new AtomicReference<String>();
    RequestScope.run("r-1", () -> written.set(line("JSON", "x", "one\ntwo")));
    assertThat(written.get()).endsWith("\n").hasLineCount(1);
    var json = Json.tree(written.get());
    assertThat(json.path("request_id").asText()).isEqualTo("r-1");
    assertThat(json.path("message").asText()).isEqualTo("one\ntwo");
  }

  @Test
  void showsTheFieldsOfARequestAsItsOwn() {
    var json = Json.tree(line("JSON", "aragora.request", "{\"status\":200,\"ms\":3}"));
    assertThat(json.path("status").asInt()).isEqualTo(200);
    assertThat(json.has("message")).isFalse();
  }

  @Test
  void letsNobodyForgeALineOfText() {
    assertThat(line("TEXT", "x", "one\n2026 ERROR forged")).hasLineCount(1);
  }
}
