package io.aragora.platform.db;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * One open transaction. SQL is a text block with {@code ?} places; arguments may be text, numbers,
 * booleans, UUID, Instant, byte[], String[] or null.
 */
public final class Tx {
  /** The SQLSTATE with which our own triggers refuse what breaks a rule of the house. */
  private static final String RULE = "AR001";

  private final Connection connection;

  Tx(Connection connection) {
    this.connection = connection;
  }

  /** Runs a change and tells how many rows it touched. */
  public int update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException bad) {
      throw said(bad);
    }
  }

  /** Reads all rows of a query, or of a change with {@code returning}. */
  public <T> List<T> list(String sql, Function<Row, T> read, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      var row = new Row(rows);
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(read.apply(row));
      }
      return all;
    } catch (SQLException bad) {
      throw said(bad);
    }
  }

  /** Reads the only row, or none; two rows are a bug. */
  public <T> Optional<T> one(String sql, Function<Row, T> read, @Nullable Object... values) {
    List<T> rows = list(sql, read, values);
    if (rows.size() > 1) {
      throw new IllegalStateException("expected one row, got " + rows.size() + ": " + sql);
    }
    return rows.stream().findFirst();
  }

  /** Runs the same change for each row of values, in one round trip. */
  public void batch(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      int[] unused = statement.executeBatch();
    } catch (SQLException bad) {
      throw said(bad);
    }
  }

  /**
   * Goes on in a workspace: for transactions that learn it only on their way, such as a session
   * found by its token.
   */
  public void enter(WorkspaceId workspace) {
    set("app.workspace", workspace.toString());
  }

  /** Goes on as a person, who may see rows of their own in every workspace. */
  public void enter(AccountId account) {
    set("app.account", account.toString());
  }

  /** Refuses all changes from here to the end. */
  void readOnly() {
    set("transaction_read_only", "on");
  }

  /** Sets a variable of the session until this transaction ends: the policies read it. */
  void set(String name, String value) {
    list("select set_config(?, ?, true) as value", row -> row.text("value"), name, value);
  }

  /** A rule that the database itself keeps says no like any other; all else is a fault. */
  private static RuntimeException said(SQLException bad) {
    return bad instanceof PSQLException rule
            && RULE.equals(rule.getSQLState())
            && rule.getServerErrorMessage() != null
        ? Refusal.of(ErrorCode.CONFLICT, String.valueOf(rule.getServerErrorMessage().getMessage()))
        : DatabaseFault.of(bad);
  }

  private PreparedStatement prepare(String sql, @Nullable Object[] values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, values);
      return statement;
    } catch (SQLException | RuntimeException bad) {
      statement.close();
      throw bad;
    }
  }

  private void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int at = 0; at < values.length; at++) {
      switch (values[at]) {
        case Instant time -> statement.setTimestamp(at + 1, Timestamp.from(time));
        case String[] texts -> statement.setArray(at + 1, connection.createArrayOf("text", texts));
        case null, default -> statement.setObject(at + 1, values[at]);
      }
    }
  }
}
