package io.aragora.platform.observe;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of the request this thread works for: in the log, the answer and every problem. */
public final class RequestScope {
  private static final ScopedValue<String> ID = ScopedValue.newInstance();
  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestScope() {}

  /** Runs work whose log lines and threads of a structured scope carry {@code id}. */
  public static void run(String id, Runnable work) {
    ScopedValue.where(ID, id).run(work);
  }

  public static Optional<String> requestId() {
    return ID.isBound() ? Optional.of(ID.get()) : Optional.empty();
  }

  /** The caller's id if it cannot hurt a log line, else a new one. */
  public static String accept(Optional<String> offered) {
    return offered
        .filter(id -> WELL_FORMED.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
