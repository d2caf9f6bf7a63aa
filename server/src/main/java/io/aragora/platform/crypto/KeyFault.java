package io.aragora.platform.crypto;

/** A key file that is missing, damaged or readable by others; the message says what to do. */
public final class KeyFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyFault(String message) {
    super(message);
  }

  public KeyFault(String message, Throwable cause) {
    super(message, cause);
  }
}
