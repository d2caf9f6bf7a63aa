package io.aragora.kernel;

import java.util.Objects;
import java.util.UUID;

/** The signed record of one decision. */
public record ReceiptId(UUID value) {
  public ReceiptId {
    Objects.requireNonNull(value, "receipt id");
  }

  public static ReceiptId of(String text) {
    return new ReceiptId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
