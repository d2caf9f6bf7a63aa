package io.aragora.platform.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of an answer, read by column name. A null where none is expected is a bug and throws. */
public final class Row {
  private final ResultSet row;

  Row(ResultSet row) {
    this.row = row;
  }

  public String text(String column) {
    return present(column, read(column, String.class));
  }

  public Optional<String> maybeText(String column) {
    return Optional.ofNullable(read(column, String.class));
  }

  public UUID uuid(String column) {
    return present(column, read(column, UUID.class));
  }

  public Optional<UUID> maybeUuid(String column) {
    return Optional.ofNullable(read(column, UUID.class));
  }

  public long number(String column) {
    return present(column, maybeNumber(column).orElse(null));
  }

  public Optional<Long> maybeNumber(String column) {
    try {
      // An int4 and a count are both just numbers to whoever reads them.
      return Optional.ofNullable((Number) row.getObject(column)).map(Number::longValue);
    } catch (SQLException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  public boolean flag(String column) {
    return present(column, read(column, Boolean.class));
  }

  public Instant instant(String column) {
    return present(column, read(column, Timestamp.class)).toInstant();
  }

  public Optional<Instant> maybeInstant(String column) {
    return Optional.ofNullable(read(column, Timestamp.class)).map(Timestamp::toInstant);
  }

  public byte[] bytes(String column) {
    return present(column, maybeBytes(column).orElse(null));
  }

  public Optional<byte[]> maybeBytes(String column) {
    try {
      return Optional.ofNullable(row.getBytes(column));
    } catch (SQLException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  public List<String> texts(String column) {
    try {
      return List.of((String[]) row.getArray(column).getArray());
    } catch (SQLException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  private <T> @Nullable T read(String column, Class<T> type) {
    try {
      return row.getObject(column, type);
    } catch (SQLException bad) {
      throw DatabaseFault.of(bad);
    }
  }

  private static <T> T present(String column, @Nullable T value) {
    return Objects.requireNonNull(value, () -> "column is null: " + column);
  }
}
