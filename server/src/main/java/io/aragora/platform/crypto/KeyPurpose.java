package io.aragora.platform.crypto;

import java.util.Locale;

/** What a key may sign; a signature made for one purpose never counts for the other. */
public enum KeyPurpose {
  RECEIPT,
  CHECKPOINT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static KeyPurpose of(String wire) {
    for (KeyPurpose purpose : values()) {
      if (purpose.wire().equals(wire)) {
        return purpose;
      }
    }
    throw new IllegalArgumentException("no such key purpose: " + wire);
  }
}
