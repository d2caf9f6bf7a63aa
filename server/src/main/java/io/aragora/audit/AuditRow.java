package io.aragora.audit;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import io.aragora.platform.merkle.Merkle;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is kept, word for word: with the salt that hides its words in its hash, and the
 * bytes its leaf is made from. Address, detail and salt are erased together.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record AuditRow(
    UUID id,
    WorkspaceId workspace,
    Instant at,
    String action,
    String targetKind,
    String targetId,
    String outcome,
    String actorKind,
    UUID actorId,
    @Nullable String requestId,
    @Nullable String beforeSha256,
    @Nullable String afterSha256,
    @Nullable String address,
    @Nullable String detail,
    byte @Nullable [] salt,
    byte[] body) {

  /** A new entry's row. */
  static AuditRow of(WorkspaceId workspace, AuditEntry entry, byte[] salt) {
    var bare =
        new AuditRow(
            entry.id(),
            workspace,
            entry.at(),
            entry.action(),
            entry.targetKind(),
            entry.targetId(),
            entry.outcome(),
            entry.actorKind(),
            entry.actorId(),
            entry.requestId().orElse(null),
            entry.beforeSha256().orElse(null),
            entry.afterSha256().orElse(null),
            entry.address().orElse(null),
            AuditBody.words(entry.detail()),
            salt,
            new byte[0]);
    return bare.with(AuditBody.of(bare));
  }

  /** The RFC 6962 leaf hash of the entry. */
  public Sha256 leaf() {
    return Merkle.leaf(body);
  }

  /** Whether the words are gone, as they may be, and their salt with them. */
  public boolean isErased() {
    return address == null && detail == null && salt == null;
  }

  /** What shows that the row is not as it was written; erased words show nothing. */
  public Optional<String> fault() {
    if (!isErased() && (salt == null || detail == null)) {
      return Optional.of("a part of its words is gone");
    }
    try {
      byte[] written = isErased() ? AuditBody.ofErased(this) : AuditBody.of(this);
      return Arrays.equals(written, body)
          ? Optional.empty()
          : Optional.of("its columns are not those it was written with");
    } catch (JsonFault | IllegalArgumentException unreadable) {
      return Optional.of("its hashed body cannot be read");
    }
  }

  /** The entry as readers see it. */
  public AuditEntry entry() {
    return new AuditEntry(
        id,
        at,
        action,
        targetKind,
        targetId,
        outcome,
        actorKind,
        actorId,
        Optional.ofNullable(requestId),
        Optional.ofNullable(beforeSha256),
        Optional.ofNullable(afterSha256),
        Optional.ofNullable(address),
        words());
  }

  private Map<String, String> words() {
    var words = new HashMap<String, String>();
    if (detail != null) {
      try {
        Json.tree(detail)
            .properties()
            .forEach(each -> words.put(each.getKey(), each.getValue().asText()));
      } catch (JsonFault notAsWritten) {
        // Shown as it stands: a reader must see that somebody changed it.
        words.put("unreadable", detail);
      }
    }
    return words;
  }

  private AuditRow with(byte[] made) {
    return new AuditRow(
        id,
        workspace,
        at,
        action,
        targetKind,
        targetId,
        outcome,
        actorKind,
        actorId,
        requestId,
        beforeSha256,
        afterSha256,
        address,
        detail,
        salt,
        made);
  }
}
