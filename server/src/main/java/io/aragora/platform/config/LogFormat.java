package io.aragora.platform.config;

/** How a log line looks: one JSON object for machines, or text for people. */
public enum LogFormat {
  JSON,
  TEXT
}
