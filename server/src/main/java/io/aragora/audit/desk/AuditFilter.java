package io.aragora.audit.desk;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Operation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which entries are asked for: what is absent does not matter. */
record AuditFilter(
    @Nullable String action,
    @Nullable UUID actor,
    @Nullable String targetKind,
    @Nullable String targetId,
    @Nullable String outcome,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String text) {
  private static final int LONGEST = 200;
  private static final Set<String> OUTCOMES = Set.of("done", "refused", "failed");

  AuditFilter {
    refuseLonger("action", action);
    refuseLonger("target_kind", targetKind);
    refuseLonger("target_id", targetId);
    refuseLonger("text", text);
    if (outcome != null && !OUTCOMES.contains(outcome)) {
      throw refusal("outcome must be done, refused or failed");
    }
  }

  /** Declares the query parameters that {@link #of} reads. */
  static Operation declare(Operation operation) {
    return operation
        .query("action", "string", "What was done, such as debates.create.")
        .query("actor", "string", "Id of whoever did it.")
        .query("target_kind", "string", "What kind of thing it was done to.")
        .query("target_id", "string", "Id of the thing.")
        .query("outcome", "string", "done, refused or failed.")
        .query("since", "string", "RFC 3339 time of the oldest entry.")
        .query("until", "string", "RFC 3339 time that entries lie before.")
        .query("text", "string", "Letters found anywhere in an entry, in either case.")
        .refuses(ErrorCode.INVALID_QUERY);
  }

  static AuditFilter of(Call call) {
    return new AuditFilter(
        call.query("action").orElse(null),
        call.query("actor").map(AuditFilter::id).orElse(null),
        call.query("target_kind").orElse(null),
        call.query("target_id").orElse(null),
        call.query("outcome").orElse(null),
        call.query("since").map(text -> time("since", text)).orElse(null),
        call.query("until").map(text -> time("until", text)).orElse(null),
        call.query("text").orElse(null));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notOne) {
      throw refusal("actor must be an id");
    }
  }

  private static Instant time(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notOne) {
      throw refusal(name + " must be a time like 2026-11-01T00:00:00Z");
    }
  }

  private static void refuseLonger(String name, @Nullable String value) {
    if (value != null && (value.length() > LONGEST || value.indexOf('\0') >= 0)) {
      throw refusal(name + " must have at most " + LONGEST + " characters and no zero");
    }
  }

  private static Refusal refusal(String detail) {
    return Refusal.of(ErrorCode.INVALID_QUERY, detail);
  }
}
