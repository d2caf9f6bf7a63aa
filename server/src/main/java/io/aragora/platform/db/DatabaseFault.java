package io.aragora.platform.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database refused or did not answer; {@link #kind()} says which of the few ways matter. */
public final class DatabaseFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller can do something about. */
  public enum Kind {
    /** A unique or exclusion constraint said no. */
    DUPLICATE,
    /** Another transaction won; the same transaction may succeed when run again. */
    RETRY,
    /** No connection, or it broke. */
    UNAVAILABLE,
    /** No space left to write. */
    FULL,
    /** A statement is wrong, or a check constraint caught a bug. */
    BUG
  }

  private final Kind kind;

  private DatabaseFault(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  static DatabaseFault unavailable(String message) {
    return new DatabaseFault(Kind.UNAVAILABLE, message, null);
  }

  static DatabaseFault unavailable(String message, Throwable cause) {
    return new DatabaseFault(Kind.UNAVAILABLE, message, cause);
  }

  /** Reads the SQLSTATE of the first SQL exception in the chain. */
  static DatabaseFault of(Throwable bad) {
    for (Throwable each = bad; each != null; each = each.getCause()) {
      if (each instanceof DatabaseFault already) {
        return already;
      }
      if (each instanceof SQLException sql) {
        return new DatabaseFault(kindOf(sql.getSQLState()), String.valueOf(sql.getMessage()), bad);
      }
    }
    return new DatabaseFault(Kind.BUG, String.valueOf(bad.getMessage()), bad);
  }

  private static Kind kindOf(@Nullable String state) {
    if (state == null) {
      return Kind.UNAVAILABLE;
    }
    return switch (state) {
      case "23505", "23P01" -> Kind.DUPLICATE;
      case "40001", "40P01", "55P03" -> Kind.RETRY;
      case "53100" -> Kind.FULL;
      case "57P01", "57P02", "57P03", "53300", "25006" -> Kind.UNAVAILABLE;
      default -> state.startsWith("08") || state.startsWith("58") ? Kind.UNAVAILABLE : Kind.BUG;
    };
  }
}
