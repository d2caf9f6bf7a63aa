package io.aragora.audit.desk;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditRow;
import io.aragora.kernel.WorkspaceId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which words may be gone: entries of the log itself say which were erased. */
final class ErasePermits {
  private final Map<WorkspaceId, Instant> before = new HashMap<>();
  private final Map<WorkspaceId, Map<String, Instant>> forgotten = new HashMap<>();

  ErasePermits(List<AuditCheckStore.Permit> permits) {
    for (AuditCheckStore.Permit each : permits) {
      if (each.action().equals(AuditLog.FORGET)) {
        forgotten
            .computeIfAbsent(each.workspace(), any -> new HashMap<>())
            .merge(each.target(), each.at(), ErasePermits::later);
      } else {
        time(each);
      }
    }
  }

  boolean allow(AuditRow row) {
    Map<String, Instant> gone = forgotten.getOrDefault(row.workspace(), Map.of());
    return row.at().isBefore(before.getOrDefault(row.workspace(), Instant.MIN))
        || !row.at().isAfter(gone.getOrDefault(row.actorId().toString(), Instant.MIN))
        || !row.at().isAfter(gone.getOrDefault(row.targetId(), Instant.MIN));
  }

  private void time(AuditCheckStore.Permit permit) {
    try {
      before.merge(permit.workspace(), Instant.parse(permit.target()), ErasePermits::later);
    } catch (DateTimeParseException changed) {
      // Not a time any more, so it permits nothing; the entry itself is found to be broken.
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
