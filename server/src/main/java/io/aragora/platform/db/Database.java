package io.aragora.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.aragora.kernel.WorkspaceId;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The pool of connections and the only way to open a transaction. Row-level security needs the
 * workspace set first; without one no workspace's rows are visible.
 */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
  }

  /** Opens a pool of {@code size} connections; waits at most five seconds for a free one. */
  public static Database open(DatabaseAddress address, int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(5_000);
    config.setInitializationFailTimeout(-1);
    config.setPoolName("aragora");
    config.setAutoCommit(true);
    config.addDataSourceProperty("ApplicationName", "aragora");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("prepareThreshold", "3");
    config.addDataSourceProperty("socketTimeout", "30");
    return new Database(new HikariDataSource(config));
  }

  /** Runs work that sees and changes one workspace only; commits unless it throws. */
  public <T> T inTransaction(WorkspaceId workspace, Function<Tx, T> work) {
    return run(
        handle -> {
          set(handle, "app.workspace", workspace.toString());
          return work.apply(new Tx(handle));
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
    return run(handle -> work.apply(new Tx(handle)));
  }

  /** Runs a read that may see only rows whose secret the caller already knows (see V0002). */
  public <T> T inSecretTransaction(String secretHash, Function<Tx, T> work) {
    return run(
        handle -> {
          set(handle, "app.secret_hash", secretHash);
          return work.apply(new Tx(handle));
        });
  }

  /** For libraries that want connections of their own (jobs, migrations). */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T run(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (org.jdbi.v3.core.JdbiException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  private static void set(Handle handle, String name, String value) {
    handle.execute("select set_config(?, ?, true)", name, value);
  }
}
