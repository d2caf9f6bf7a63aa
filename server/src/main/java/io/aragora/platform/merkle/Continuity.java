package io.aragora.platform.merkle;

import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import java.util.Collection;
import java.util.Optional;

/** Whether a log still continues the heads that were signed before. */
public final class Continuity {
  private Continuity() {}

  /** What speaks against it, in words for the operator; empty if nothing does. */
  public static Optional<String> broken(
      String origin, TreeReader tree, byte[] note, Collection<VerifyKey> trusted) {
    try {
      var signed = Checkpoint.open(note, trusted);
      if (!signed.origin().equals(origin)) {
        return Optional.of("the last signed head is of another log, " + signed.origin());
      }
      if (signed.size() > tree.size()) {
        return Optional.of(
            "the last signed head has %d leaves, the database only %d"
                .formatted(signed.size(), tree.size()));
      }
      return tree.root(signed.size()).equals(signed.root())
          ? Optional.empty()
          : Optional.of("the leaves differ from those signed at size " + signed.size());
    } catch (VerificationFault bad) {
      return Optional.of("the last signed head cannot be read: " + bad.message());
    }
  }
}
