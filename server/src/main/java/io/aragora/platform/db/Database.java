package io.aragora.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections and the only way to open a transaction. Row-level security needs the
 * workspace set first; without one no workspace's rows are visible.
 */
public final class Database implements AutoCloseable {
  /** After so long without a word the server is given up; whoever asked is told within ten. */
  private static final int SILENT_SECONDS = 8;

  /**
   * A node that stops in the middle of a transaction (frozen, cut off) would keep its locks, and
   * all other nodes waiting, until it is back: the server ends such a session itself. Its sessions
   * that wait for a lock give up no later, or each would get the lock in turn and keep it again.
   * And it gives a statement up before its asker does, so that it works for nobody who has left.
   */
  private static final String LET_GO =
      "-c idle_in_transaction_session_timeout=4000 -c lock_timeout=4000 -c statement_timeout=7000"
          + " -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

  /** How long a request waits for a connection: its caller does not wait for ever. */
  private static final int REQUEST_WAITS_MILLIS = 5_000;

  /** How long a command does: on a busy machine the first one takes a program just started long. */
  private static final int COMMAND_WAITS_MILLIS = 20_000;

  private static final WorkspaceId NOWHERE = new WorkspaceId(new UUID(0, 0));

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * The pool at one moment: connections in use and idle, threads that wait for one, and the most.
   */
  public record Pool(int active, int idle, int waiting, int most) {}

  /** Opens a server's pool of {@code size} connections; waits five seconds for a free one. */
  public static Database open(DatabaseAddress address, int size) {
    return open(address, size, REQUEST_WAITS_MILLIS);
  }

  /** Opens a pool for a command that ends by itself; waits twenty seconds for a connection. */
  public static Database openForCommand(DatabaseAddress address, int size) {
    return open(address, size, COMMAND_WAITS_MILLIS);
  }

  private static Database open(DatabaseAddress address, int size, int waitsMillis) {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    address.properties().forEach(config::addDataSourceProperty);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(waitsMillis);
    config.setInitializationFailTimeout(-1);
    config.setPoolName("aragora");
    config.setAutoCommit(true);
    config.addDataSourceProperty("ApplicationName", "aragora");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("prepareThreshold", "3");
    config.addDataSourceProperty("socketTimeout", Integer.toString(SILENT_SECONDS));
    config.addDataSourceProperty("options", LET_GO);
    return new Database(new HikariDataSource(config));
  }

  /** Runs work that sees and changes one workspace only; commits unless it throws. */
  public <T> T inTransaction(WorkspaceId workspace, Function<Tx, T> work) {
    return run(
        tx -> {
          tx.set("app.workspace", workspace.toString());
          return work.apply(tx);
        });
  }

  /** As {@link #inTransaction}, for work that has nothing to say. */
  public void doInTransaction(WorkspaceId workspace, Consumer<Tx> work) {
    inTransaction(
        workspace,
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  /** Runs work on tables that belong to no workspace: jobs, the log, the schema. */
  public <T> T inSystemTransaction(Function<Tx, T> work) {
    return run(work);
  }

  /** Runs a read that may see only rows whose secret the caller already knows (see V0002). */
  public <T> T inSecretTransaction(String secretHash, Function<Tx, T> work) {
    return run(
        tx -> {
          tx.set("app.secret_hash", secretHash);
          return work.apply(tx);
        });
  }

  /** Runs work that sees one person's rows in whatever workspace they are, and no others. */
  public <T> T inAccountTransaction(AccountId account, Function<Tx, T> work) {
    return run(
        tx -> {
          tx.set("app.account", account.toString());
          return work.apply(tx);
        });
  }

  /**
   * Runs a read of the audit log across all workspaces (policy audit_entry_whole): to verify it,
   * and to find where old words are due to go. In it nothing can be changed.
   */
  public <T> T inAuditTransaction(Function<Tx, T> work) {
    return run(
        tx -> {
          tx.readOnly();
          tx.enter(NOWHERE);
          tx.set("app.whole_audit", "on");
          return work.apply(tx);
        });
  }

  /** How the pool stands; all zero before its first connection. */
  public Pool pool() {
    @Nullable HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return now == null
        ? new Pool(0, 0, 0, pool.getMaximumPoolSize())
        : new Pool(
            now.getActiveConnections(),
            now.getIdleConnections(),
            now.getThreadsAwaitingConnection(),
            pool.getMaximumPoolSize());
  }

  /** For libraries that want connections of their own (jobs, migrations). */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T run(Function<Tx, T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      T result = workOrRollBack(connection, work);
      connection.commit();
      return result;
    } catch (SQLException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  private static <T> T workOrRollBack(Connection connection, Function<Tx, T> work)
      throws SQLException {
    try {
      return work.apply(new Tx(connection));
    } catch (RuntimeException | Error failed) {
      try {
        connection.rollback();
      } catch (SQLException alsoFailed) {
        // The connection broke; what the work met first says more.
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }
}
