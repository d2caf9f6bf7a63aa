package io.aragora.access;

/** A key just made, with its secret: this is the only time that it is shown. */
public record ShownKey(String secret, KeyView key) {
  @Override
  public String toString() {
    return "key " + key.id();
  }
}
