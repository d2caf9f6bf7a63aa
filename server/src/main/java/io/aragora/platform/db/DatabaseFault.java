package io.aragora.platform.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
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

  /** Whether the same work may succeed in a while: nothing is wrong with the statement. */
  public boolean mayPass() {
    return switch (kind) {
      case RETRY, UNAVAILABLE, FULL -> true;
      case DUPLICATE, BUG -> false;
    };
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
      if (each instanceof SQLTransientConnectionException none) {
        // Whatever state the last attempt ended with, the pool had no connection to give.
        return unavailable(rootMessage(none), bad);
      }
      if (each instanceof SQLException sql) {
        return new DatabaseFault(kindOf(sql.getSQLState()), String.valueOf(sql.getMessage()), bad);
      }
    }
    return new DatabaseFault(Kind.BUG, String.valueOf(bad.getMessage()), bad);
  }

  private static String rootMessage(Throwable bad) {
    Throwable root = bad;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static Kind kindOf(@Nullable String state) {
    if (state == null) {
      return Kind.UNAVAILABLE;
    }
    return switch (state) {
      case "23505", "23P01" -> Kind.DUPLICATE;
      case "40001", "40P01", "55P03" -> Kind.RETRY;
      case "53100" -> Kind.FULL;
      // Read only, as a standby is; or the session was idle for too long.
      case "25006", "25P03" -> Kind.UNAVAILABLE;
      default -> isOutage(state.substring(0, 2)) ? Kind.UNAVAILABLE : Kind.BUG;
    };
  }

  /** Connections, resources, an operator who stops or cancels, the system below: not our SQL. */
  private static boolean isOutage(String stateClass) {
    return switch (stateClass) {
      case "08", "53", "57", "58" -> true;
      default -> false;
    };
  }
}
