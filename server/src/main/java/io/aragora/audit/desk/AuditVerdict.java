package io.aragora.audit.desk;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What verifying the log came to: how many entries it has, how many were looked at before the first
 * fault, and that fault if there is one.
 */
public record AuditVerdict(long entries, long checked, boolean ok, @Nullable Broken firstBroken) {

  /**
   * The first fault: the entry, its place in the log, and what is wrong. Where it can only be told
   * that one of several entries is not as it was signed, they end before {@code until}.
   */
  public record Broken(
      @Nullable UUID entryId, @Nullable Long index, @Nullable Long until, String what) {}
}
