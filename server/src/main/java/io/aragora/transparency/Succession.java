package io.aragora.transparency;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.LogHead;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens a new origin after a loss. Its first leaf names the last head of the origin before, and
 * leaves that no surviving checkpoint covers are entered again.
 */
final class Succession {
  private final OriginStore origins;
  private final LeafStore leaves;
  private final LogHead head;

  Succession(OriginStore origins, LeafStore leaves, LogHead head) {
    this.origins = origins;
    this.leaves = leaves;
    this.head = head;
  }

  void reopen(Tx tx, String name) {
    origins.lead(tx);
    OriginStore.Origin old =
        origins
            .current(tx)
            .filter(origin -> !origin.isOpen())
            .orElseThrow(() -> Refusal.of(ErrorCode.CONFLICT, "the log is open"));
    Optional<byte[]> kept = head.read();
    Optional<Checkpoint> stored = origins.newestNote(tx, old.no()).map(Checkpoint::unverified);
    Optional<Checkpoint> last = newest(stored, kept.flatMap(Succession::readable));
    if (Stream.of(Optional.of(old.name()), last.map(Checkpoint::origin))
        .flatMap(Optional::stream)
        .anyMatch(name::equals)) {
      throw Refusal.of(ErrorCode.CONFLICT, "the new log needs a name of its own, not " + name);
    }
    origins.addNextOrigin(tx, old.no() + 1, name, kept.orElse(null));
    last.ifPresent(each -> leaves.appendLink(tx, old.no() + 1, link(each)));
    leaves.carry(tx, old.no(), stored.map(Checkpoint::size).orElse(0L), old.no() + 1);
  }

  private static byte[] link(Checkpoint last) {
    var entry = Json.object().put("v", 1);
    entry
        .putObject("predecessor")
        .put("origin", last.origin())
        .put("size", last.size())
        .put("root", Base64Text.encode(last.root().bytes()));
    return CanonicalJson.bytes(entry);
  }

  private static Optional<Checkpoint> newest(
      Optional<Checkpoint> stored, Optional<Checkpoint> kept) {
    return Stream.of(stored, kept)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(Checkpoint::size));
  }

  private static Optional<Checkpoint> readable(byte[] note) {
    try {
      return Optional.of(Checkpoint.unverified(note));
    } catch (VerificationFault damaged) {
      return Optional.empty();
    }
  }
}
