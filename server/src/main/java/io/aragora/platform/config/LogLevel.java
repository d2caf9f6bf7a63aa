package io.aragora.platform.config;

/** The least grave message that is written to the log. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG
}
