package io.aragora.audit.desk;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditRow;
import io.aragora.kernel.WorkspaceId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which words may be gone: entries of the log itself say which were erased. */
final class ErasePermits {
  private final Map<WorkspaceId, Instant> before = new HashMap<>();
  private final Map<WorkspaceId, Set<String>> forgotten = new HashMap<>();

  ErasePermits(List<AuditCheckStore.Permit> permits) {
    for (AuditCheckStore.Permit each : permits) {
      if (each.action().equals(AuditLog.FORGET)) {
        forgotten.computeIfAbsent(each.workspace(), any -> new HashSet<>()).add(each.target());
      } else {
        time(each);
      }
    }
  }

  boolean allow(AuditRow row) {
    Set<String> gone = forgotten.getOrDefault(row.workspace(), Set.of());
    return row.at().isBefore(before.getOrDefault(row.workspace(), Instant.MIN))
        || gone.contains(row.actorId().toString())
        || gone.contains(row.targetId());
  }

  private void time(AuditCheckStore.Permit permit) {
    try {
      before.merge(
          permit.workspace(),
          Instant.parse(permit.target()),
          (one, other) -> one.isAfter(other) ? one : other);
    } catch (DateTimeParseException changed) {
      // Not a time any more, so it permits nothing; the entry itself is found to be broken.
    }
  }
}
