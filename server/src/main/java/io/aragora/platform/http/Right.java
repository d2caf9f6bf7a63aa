package io.aragora.platform.http;

/** What a caller must hold to run an operation; the access package has the list. */
public interface Right {
  /** The right on the wire: {@code debate.open}. */
  String wire();
}
