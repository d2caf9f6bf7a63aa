package io.aragora.drill;

/** This machine lacks a program or a right that a drill needs; the message says which. */
public final class MachineCannot extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MachineCannot(String message) {
    super(message);
  }
}
