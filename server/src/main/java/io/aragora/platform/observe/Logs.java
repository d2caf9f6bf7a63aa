package io.aragora.platform.observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets the level and form of the log once, at start; all loggers of all libraries end here. */
public final class Logs {
  /** How a line looks. */
  public enum Format {
    JSON,
    TEXT
  }

  private static final Map<String, Level> JUL_LEVELS =
      Map.of(
          "TRACE", Level.FINER, "DEBUG", Level.FINE, "WARN", Level.WARNING, "ERROR", Level.SEVERE);

  private Logs() {}

  /** {@code level} is a logback level: DEBUG, INFO, WARN, ERROR. */
  public static void install(String level, Format format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("aragora.log.level", level);
    context.putProperty("aragora.log.format", format.name());
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(
          Objects.requireNonNull(Logs.class.getResource("/logback.xml"), "logback.xml"));
    } catch (JoranException broken) {
      throw new IllegalStateException("logback.xml cannot be read", broken);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    // A thread that dies of a fault says so in a line of the log like any other.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> LoggerFactory.getLogger(Logs.class).error("a thread ended", fault));
    // System.Logger and the web server write to java.util.logging, which filters first.
    Logger.getLogger("").setLevel(JUL_LEVELS.getOrDefault(level, Level.INFO));
  }
}
