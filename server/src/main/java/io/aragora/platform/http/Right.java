package io.aragora.platform.http;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.util.List;

/** What a caller must hold to run an operation; the access package has the list. */
public interface Right {
  /** The right on the wire: {@code debate.open}. */
  String wire();

  /** The roles of members that hold it, on the wire; empty where no role is asked for. */
  default List<String> holders() {
    return List.of();
  }

  /** How it says no, beside that the caller is nobody known or lacks it. */
  default List<ErrorCode> refuses() {
    return List.of();
  }

  /** What a caller is told who does not hold it. */
  default Refusal lacking(Admitted caller) {
    return Refusal.of(ErrorCode.FORBIDDEN, "this needs the permission " + wire());
  }
}
