package io.aragora.platform.db;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * One open transaction. SQL is a text block with {@code ?} places; arguments may be text, numbers,
 * booleans, UUID, Instant, byte[], String[] or null.
 */
public final class Tx {
  private final Handle handle;

  Tx(Handle handle) {
    this.handle = handle;
  }

  /** Runs a change and tells how many rows it touched. */
  public int update(String sql, @Nullable Object... values) {
    try (var statement = handle.createUpdate(sql)) {
      return bind(statement, values).execute();
    } catch (RuntimeException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  /** Reads all rows of a query, or of a change with {@code returning}. */
  public <T> List<T> list(String sql, Function<Row, T> read, @Nullable Object... values) {
    try (var statement = handle.createQuery(sql)) {
      return bind(statement, values).map((row, context) -> read.apply(new Row(row))).list();
    } catch (RuntimeException bad) {
      throw DatabaseFault.of(bad);
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
    try (var batch = handle.prepareBatch(sql)) {
      for (Object[] values : rows) {
        bind(batch, values).add();
      }
      batch.execute();
    } catch (RuntimeException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  private static <S extends SqlStatement<S>> S bind(S statement, @Nullable Object[] values) {
    for (int at = 0; at < values.length; at++) {
      Object value = values[at];
      if (value instanceof Instant time) {
        statement.bind(at, Timestamp.from(time));
      } else {
        statement.bind(at, value);
      }
    }
    return statement;
  }
}
