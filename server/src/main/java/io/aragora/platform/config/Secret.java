package io.aragora.platform.config;

/** A password or key read from a file; its text never shows it. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
