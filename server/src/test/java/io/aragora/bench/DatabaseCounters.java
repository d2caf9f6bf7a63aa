package io.aragora.bench;

import io.aragora.platform.db.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What PostgreSQL counts of itself, and how many commits it can make durable at all. */
final class DatabaseCounters {
  private static final int CEILING_CONNECTIONS = 10;
  private static final long CEILING_NANOS = 2_000_000_000L;

  private final DatabaseAddress owner;

  DatabaseCounters(DatabaseAddress owner) {
    this.owner = owner;
  }

  /** Transactions committed so far, reading ones too; other sessions report within a second. */
  long commits() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select sum(xact_commit)
                  from pg_stat_database
                 where datname = current_database()
                """)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Durable commits of one small row per second, with as many connections as the server's pool. */
  double commitCeiling() throws Exception {
    try (var connection = connect();
        var statement = connection.createStatement();
        var pool = Executors.newFixedThreadPool(CEILING_CONNECTIONS)) {
      statement.execute("create table bench_commit (at bigint not null)");
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < CEILING_CONNECTIONS; i++) {
        tasks.add(this::commitForAWhile);
      }
      long done = 0;
      for (Future<Long> each : pool.invokeAll(tasks)) {
        done += each.get();
      }
      statement.execute("drop table bench_commit");
      return done * 1e9 / CEILING_NANOS;
    }
  }

  private long commitForAWhile() throws SQLException {
    try (var connection = connect();
        var insert = connection.prepareStatement("insert into bench_commit values (?)")) {
      long done = 0;
      long end = System.nanoTime() + CEILING_NANOS;
      while (System.nanoTime() < end) {
        insert.setLong(1, done);
        insert.executeUpdate();
        done++;
      }
      return done;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(owner.url(), owner.user(), owner.password());
  }
}
