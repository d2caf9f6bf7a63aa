package io.aragora.testing.isolation;

import io.aragora.testing.TestDatabase;
import io.aragora.testing.isolation.Catalogue.Policy;
import io.aragora.testing.isolation.Catalogue.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Works as the server's role, as one twin, and tries to get at the other's rows. Every attempt is
 * made inside one transaction that is rolled back.
 */
public final class Intruder implements AutoCloseable {
  private static final String APP = "aragora_app";

  /** Refused by a policy, a grant or a trigger; no workspace set; an empty one. */
  private static final Set<String> REFUSALS = Set.of("42501", "42704", "22P02");

  private final Connection superuser;
  private final Catalogue catalogue;
  private final TwinRows rows;
  private final Twin own = Twin.fresh();
  private final Twin other = Twin.fresh();
  private final List<Table> guarded;
  private int attempts;

  /** In a database of the test's own, whose checks and foreign keys it takes away. */
  public Intruder(TestDatabase database) {
    try {
      var address = database.superuser();
      superuser = DriverManager.getConnection(address.url(), address.user(), address.password());
      catalogue = new Catalogue(superuser);
      rows = new TwinRows(superuser);
      guarded = catalogue.tables().stream().filter(Table::isGuarded).toList();
      rows.make(guarded, own, other);
      superuser.setAutoCommit(false);
    } catch (SQLException bad) {
      throw new IllegalStateException(bad);
    }
  }

  /** What a transaction knows of who works in it: the more, the more it sees of its own. */
  private enum Stance {
    IN_A_WORKSPACE(Set.of("app.workspace")),
    AS_A_PERSON(Set.of("app.account")),
    WITH_A_SECRET(Set.of("app.secret_hash")),
    AS_ALL_OF_THEM(Set.of("app.workspace", "app.account", "app.secret_hash")),
    AS_NOBODY(Set.of());

    private final Set<String> known;

    Stance(Set<String> known) {
      this.known = known;
    }
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** How many attempts were made so far. */
  public int attempts() {
    return attempts;
  }

  /** Every way into every guarded table that was found open. */
  public List<String> intrusions(Set<String> readableByAll) {
    var found = new ArrayList<String>();
    for (Table each : guarded) {
      found.addAll(intrusions(each, "select 1", readableByAll.contains(each.name())));
    }
    return found;
  }

  /** The ways into its table that are open once this policy lets everything through. */
  public List<String> intrusionsWithout(Policy policy, Set<String> readableByAll) {
    Table table =
        guarded.stream()
            .filter(each -> each.name().equals(policy.table()))
            .findFirst()
            .orElseThrow();
    return intrusions(table, policy.opened(), readableByAll.contains(table.name()));
  }

  private List<String> intrusions(Table table, String before, boolean readableByAll) {
    var found = new ArrayList<String>();
    for (Stance stance : Stance.values()) {
      attacks(table, stance, readableByAll)
          .forEach(
              (what, sql) -> {
                if (succeeds(before, stance, sql)) {
                  found.add("%s: %s %s".formatted(table.name(), what, stance));
                }
              });
    }
    return found;
  }

  /** Without a where: a where would bring the policies for reading into play as well. */
  private Map<String, String> attacks(Table table, Stance stance, boolean readableByAll) {
    TwinRows.Mark mark = rows.mark(table);
    String name = table.name();
    String whose = mark.column();
    var all = new java.util.LinkedHashMap<String, String>();
    if (!readableByAll) {
      all.put(
          "the other's row is seen",
          "select 1 from %s where %s = %s".formatted(name, whose, mark.of(other)));
    }
    all.put("a row is made for the other", rows.insert(table, other));
    all.put("the own row becomes the other's", set(name, whose, mark.of(other)));
    all.put("the other's row becomes the own", set(name, whose, mark.of(own)));
    all.put(
        "the other's row is changed", "update %s set %s".formatted(name, rows.other(table, own)));
    all.put("the other's row is deleted", "delete from " + name);
    return all;
  }

  private static String set(String table, String column, String value) {
    return "update %s set %s = %s".formatted(table, column, value);
  }

  /** Whether the statement touched a row that is the other's, before or after. */
  private boolean succeeds(String before, Stance stance, String sql) {
    attempts++;
    try (var statement = superuser.createStatement()) {
      statement.execute(before);
      statement.execute("set local role " + APP);
      for (String name : List.of("app.workspace", "app.account", "app.secret_hash")) {
        if (stance.known.contains(name)) {
          statement.execute("set local %s = '%s'".formatted(name, value(name)));
        }
      }
      if (sql.startsWith("select")) {
        return statement.executeQuery(sql).next();
      }
      int touched = statement.executeUpdate(sql);
      boolean isOwnOnly = touched <= ownRows(stance) && !sql.contains(otherMark(sql));
      return touched > 0 && !isOwnOnly;
    } catch (SQLException refused) {
      // Anything else went wrong behind the policies: they had let it through.
      return !REFUSALS.contains(refused.getSQLState());
    } finally {
      rollBack();
    }
  }

  /** Each table has one row of each twin. */
  private static int ownRows(Stance stance) {
    return stance == Stance.AS_NOBODY ? 0 : 1;
  }

  private String otherMark(String sql) {
    if (sql.contains(other.workspace().toString())) {
      return other.workspace().toString();
    }
    return sql.contains(other.account().toString()) ? other.account().toString() : other.secret();
  }

  private String value(String name) {
    return switch (name) {
      case "app.workspace" -> own.workspace().toString();
      case "app.account" -> own.account().toString();
      default -> own.secret();
    };
  }

  private void rollBack() {
    try {
      superuser.rollback();
    } catch (SQLException bad) {
      throw new IllegalStateException(bad);
    }
  }

  @Override
  public void close() {
    try {
      superuser.close();
    } catch (SQLException bad) {
      throw new IllegalStateException(bad);
    }
  }
}
