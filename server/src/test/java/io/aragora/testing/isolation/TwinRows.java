package io.aragora.testing.isolation;

import io.aragora.testing.isolation.Catalogue.Policy;
import io.aragora.testing.isolation.Catalogue.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Two rows in each guarded table, one for each twin. Checks and foreign keys are taken away first:
 * what keeps a stranger out must be the policies, not a value that happens to break a rule.
 */
final class TwinRows {
  private final Connection connection;
  private final Catalogue catalogue;

  TwinRows(Connection superuser) {
    this.connection = superuser;
    this.catalogue = new Catalogue(superuser);
  }

  /** A column and the SQL literal a row of a twin has there. */
  private record Column(String name, String type, boolean needed) {
    String value(Twin twin) {
      if (name.equals("workspace_id")) {
        return "'" + twin.workspace() + "'";
      }
      if (name.equals("account_id")) {
        return "'" + twin.account() + "'";
      }
      if (name.endsWith("_hash") && type.equals("text")) {
        return "'" + twin.secret() + "'";
      }
      String fresh = UUID.randomUUID().toString();
      return switch (type) {
        case "uuid" -> "'" + fresh + "'";
        case "text", "varchar" -> "'" + fresh + "'";
        case "bytea" -> "'\\x" + fresh.replace("-", "") + "'";
        case "timestamptz" -> "now()";
        case "date" -> "current_date";
        case "bool" -> "false";
        case "int2", "int4", "int8", "numeric", "float8" ->
            "" + Math.floorMod(fresh.hashCode(), 30_000);
        case "json", "jsonb" -> "'{}'";
        case "inet" -> "'192.0.2.1'";
        case "interval" -> "'1 day'";
        default -> {
          if (type.startsWith("_")) {
            yield "'{}'";
          }
          throw new IllegalStateException("no value for a column of type " + type);
        }
      };
    }
  }

  void make(List<Table> guarded, Twin one, Twin other) {
    for (String each : constraints()) {
      run(each);
    }
    // Triggers would refuse what the policies are to refuse; they are on again for the attacks.
    run("set session_replication_role = replica");
    for (Table table : guarded) {
      run(insert(table, one));
      run(insert(table, other));
    }
    run("set session_replication_role = origin");
  }

  /** Another row of this twin, never made before. */
  String insert(Table table, Twin twin) {
    List<Column> columns = columns(table);
    return "insert into %s (%s) values (%s)"
        .formatted(
            table.name(),
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            columns.stream().map(each -> each.value(twin)).collect(Collectors.joining(", ")));
  }

  /** A value for a column that does not say whose the row is. */
  String other(Table table, Twin twin) {
    return columns(table).stream()
        .filter(each -> !tellsWhose(each))
        .map(each -> each.name() + " = " + each.value(twin))
        .findFirst()
        .orElseGet(() -> mark(table).column() + " = " + mark(table).of(twin));
  }

  /** By which column a row is one twin's: what its policies ask for. */
  Mark mark(Table table) {
    List<String> names = columns(table).stream().map(Column::name).toList();
    boolean byWorkspace =
        catalogue.policies().stream()
            .filter(each -> each.table().equals(table.name()))
            .anyMatch(Policy::asksForWorkspace);
    if (byWorkspace && names.contains("workspace_id")) {
      return new Mark("workspace_id");
    }
    if (names.contains("account_id")) {
      return new Mark("account_id");
    }
    return names.stream()
        .filter(each -> each.endsWith("_hash"))
        .map(Mark::new)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("whose are the rows of " + table.name()));
  }

  /** The column that says whose a row is. */
  record Mark(String column) {
    String of(Twin twin) {
      return switch (column) {
        case "workspace_id" -> "'" + twin.workspace() + "'";
        case "account_id" -> "'" + twin.account() + "'";
        default -> "'" + twin.secret() + "'";
      };
    }
  }

  private List<Column> columns(Table table) {
    return catalogue
        .list(
            """
            select column_name, udt_name,
                   is_nullable = 'NO' and column_default is null and is_identity = 'NO'
                   and is_generated = 'NEVER' as needed
              from information_schema.columns
             where table_schema = 'public'
               and table_name = '%s'
             order by ordinal_position
            """
                .formatted(table.name()),
            row ->
                new Column(
                    row.getString("column_name"),
                    row.getString("udt_name"),
                    row.getBoolean("needed")))
        .stream()
        .filter(each -> each.needed() || tellsWhose(each))
        .toList();
  }

  private static boolean tellsWhose(Column column) {
    return column.name().equals("workspace_id")
        || column.name().equals("account_id")
        || column.name().endsWith("_hash") && column.type().equals("text");
  }

  /** Foreign keys first: they stand on other constraints. */
  private List<String> constraints() {
    return catalogue.texts(
        """
        select format('alter table %I drop constraint %I', r.relname, c.conname)
          from pg_constraint c
          join pg_class r on r.oid = c.conrelid
          join pg_namespace n on n.oid = r.relnamespace
         where n.nspname = 'public'
           and c.contype in ('f', 'c')
         order by c.contype desc, c.conname
        """);
  }

  private void run(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException bad) {
      throw new IllegalStateException(sql, bad);
    }
  }
}
