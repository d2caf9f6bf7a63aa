package io.aragora.audit;

import java.util.Map;
import java.util.Optional;

/**
 * What is to be written about one change. {@code action} is {@code noun.verb} as in the operations,
 * {@code target} what was changed. States are any records the JSON writer knows; only their hashes
 * are kept. {@code detail} holds a few words or numbers a reader needs, never a secret.
 */
public record AuditNote(
    String action,
    String targetKind,
    String targetId,
    Outcome outcome,
    Optional<Object> before,
    Optional<Object> after,
    Map<String, String> detail) {

  /** How it ended. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED;

    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public AuditNote {
    detail = Map.copyOf(detail);
  }

  /** A change that happened. */
  public static AuditNote of(String action, String targetKind, Object targetId) {
    return new AuditNote(
        action,
        targetKind,
        targetId.toString(),
        Outcome.DONE,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  public AuditNote ended(Outcome how) {
    return new AuditNote(action, targetKind, targetId, how, before, after, detail);
  }

  public AuditNote from(Object state) {
    return new AuditNote(action, targetKind, targetId, outcome, Optional.of(state), after, detail);
  }

  public AuditNote to(Object state) {
    return new AuditNote(action, targetKind, targetId, outcome, before, Optional.of(state), detail);
  }

  public AuditNote with(String word, String value) {
    var more = new java.util.TreeMap<>(detail);
    more.put(word, value);
    return new AuditNote(action, targetKind, targetId, outcome, before, after, more);
  }
}
