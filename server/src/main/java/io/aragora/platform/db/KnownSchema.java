package io.aragora.platform.db;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which schemas a build works on: the one it carries, and newer ones up to {@code ahead}, which an
 * operator vouches for after going back from a version whose release notes allow that.
 */
public record KnownSchema(String carried, @Nullable String ahead) {
  /** What this build knows, as far as the operator extends it. */
  public static KnownSchema upTo(@Nullable String ahead) {
    return new KnownSchema(Migrations.carried(), ahead);
  }

  /** Why this build does not work on a database with schema {@code applied}, if it does not. */
  public Optional<String> refusal(String applied) {
    if (applied.compareTo(carried) < 0) {
      return Optional.of(
          "the database's schema is %s, this version needs %s: run \"aragora migrate\" of this version once, then start again"
              .formatted(applied.equals("0") ? "empty" : "at " + applied, carried));
    }
    String newest = ahead == null || ahead.compareTo(carried) < 0 ? carried : ahead;
    return applied.compareTo(newest) <= 0
        ? Optional.empty()
        : Optional.of(
            "the database's schema is at %s, this version knows only %s: start the newer version that migrated it, or restore the backup made before"
                .formatted(applied, carried));
  }
}
