package io.aragora.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class LogsTest {
  /** logback looks for a name among system properties just as it does in the environment. */
  private static void given(String name, String value) {
    System.setProperty(name, value);
  }

  @AfterEach
  void forget() {
    System.clearProperty("ARAGORA_LOG_LEVEL");
    System.clearProperty("ARAGORA_LOG_FORMAT");
  }

  @Test
  void complainsOfNothingBeforeTheSettingsAreRead() throws Exception {
    given("ARAGORA_LOG_LEVEL", "");
    given("ARAGORA_LOG_FORMAT", "");
    var context = new LoggerContext();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(Logs.class.getResource("/logback.xml")));
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .allMatch(status -> status.getEffectiveLevel() < Status.WARN);
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.WARN);
  }
}
