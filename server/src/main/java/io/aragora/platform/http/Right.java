package io.aragora.platform.http;

import java.util.List;

/** What a caller must hold to run an operation; the access package has the list. */
public interface Right {
  /** The right on the wire: {@code debate.open}. */
  String wire();

  /** The roles of members that hold it, on the wire; empty where no role is asked for. */
  default List<String> holders() {
    return List.of();
  }
}
