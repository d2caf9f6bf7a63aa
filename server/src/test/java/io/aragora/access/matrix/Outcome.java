package io.aragora.access.matrix;

import io.aragora.platform.http.Operation;

/** What became of a request, as far as access goes. */
public enum Outcome {
  LET_IN,
  UNAUTHENTICATED,
  FORBIDDEN,
  NOT_FOUND;

  /** What is open to everybody hides nothing: there, not found is an answer like others. */
  static Outcome of(int status, Operation operation) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> operation.neededRight().isEmpty() ? LET_IN : NOT_FOUND;
      default -> LET_IN;
    };
  }
}
