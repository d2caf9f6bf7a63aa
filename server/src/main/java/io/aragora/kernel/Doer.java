package io.aragora.kernel;

import java.util.Locale;
import java.util.Optional;

/** Who did something, as the audit log names it: an actor, of what kind, from which address. */
public record Doer(Kind kind, ActorId actor, Optional<String> address) {
  /** The appliance itself: jobs, the command line, the first start. */
  public static final Doer APPLIANCE =
      new Doer(Kind.APPLIANCE, new ActorId(new java.util.UUID(0, 0)), Optional.empty());

  /** What stands behind an actor's id. */
  public enum Kind {
    PERSON,
    KEY,
    APPLIANCE,
    /** Nobody we know, such as whoever tries to sign in. */
    STRANGER;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
