package io.aragora.testing.line;

/** The ways in which one round trip to PostgreSQL was seen to fail. */
public enum LineFault {
  /** The line breaks before the server hears anything: nothing happened. */
  CUT_BEFORE(""),
  /** The server does it, then the line breaks: nobody but the server knows that it happened. */
  CUT_AFTER(""),
  /** Nothing comes back until the asker loses patience. */
  STALL(""),
  /** Another transaction won: serialization_failure. */
  LOST_RACE("40001"),
  /** No place left: too_many_connections. */
  NO_PLACE("53300"),
  /** The disk is full: disk_full. */
  DISK_FULL("53100"),
  /** Somebody cancelled the statement, or it took too long: query_canceled. */
  CANCELLED("57014"),
  /** The server is being stopped: admin_shutdown. */
  SHUTDOWN("57P01");

  private final String sqlState;

  LineFault(String sqlState) {
    this.sqlState = sqlState;
  }

  /** Whether the server itself says no, instead of the line. */
  boolean isSaidByServer() {
    return !sqlState.isEmpty();
  }

  String sqlState() {
    return sqlState;
  }
}
