package io.aragora.testing.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL itself says about tables, policies and roles. */
public final class Catalogue {
  private final Connection connection;

  public Catalogue(Connection superuser) {
    this.connection = superuser;
  }

  /** A table and how its rows are guarded. */
  public record Table(String name, boolean hasWorkspace, boolean enabled, boolean forced) {
    public boolean isGuarded() {
      return hasWorkspace || enabled;
    }
  }

  /**
   * A policy as it is written; an absent expression is empty. One that does not permit only narrows
   * what others permit.
   */
  public record Policy(
      String table, String name, String command, String using, String check, boolean permits) {
    /** The statement that lets everything through. */
    public String opened() {
      return "alter policy %s on %s%s%s"
          .formatted(
              name,
              table,
              command.equals("INSERT") ? "" : " using (true)",
              command.equals("SELECT") || command.equals("DELETE") ? "" : " with check (true)");
    }

    /** Whether it lets everything through as it is, so that opening it changes nothing. */
    public boolean isOpen() {
      return (using.isEmpty() || using.equals("true")) && (check.isEmpty() || check.equals("true"));
    }

    boolean asksForWorkspace() {
      String text = using + check;
      return text.contains("current_workspace") || text.contains("app.workspace");
    }
  }

  public List<Table> tables() {
    return list(
        """
        select c.relname, c.relrowsecurity, c.relforcerowsecurity,
               exists (select 1
                         from pg_attribute a
                        where a.attrelid = c.oid
                          and a.attname = 'workspace_id'
                          and not a.attisdropped) as has_workspace
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public'
           and c.relkind in ('r', 'p')
         order by c.relname
        """,
        row ->
            new Table(
                row.getString("relname"),
                row.getBoolean("has_workspace"),
                row.getBoolean("relrowsecurity"),
                row.getBoolean("relforcerowsecurity")));
  }

  public List<Policy> policies() {
    return list(
        """
        select tablename, policyname, cmd, permissive = 'PERMISSIVE' as permits,
               coalesce(qual, '') as qual,
               coalesce(with_check, '') as with_check
          from pg_policies
         where schemaname = 'public'
         order by tablename, policyname
        """,
        row ->
            new Policy(
                row.getString("tablename"),
                row.getString("policyname"),
                row.getString("cmd"),
                row.getString("qual"),
                row.getString("with_check"),
                row.getBoolean("permits")));
  }

  /** The first column of a query's rows. */
  public List<String> texts(String sql) {
    return list(sql, row -> row.getString(1));
  }

  <T> List<T> list(String sql, Reading<T> reading) {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(reading.read(rows));
      }
      return all;
    } catch (SQLException bad) {
      throw new IllegalStateException(sql, bad);
    }
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }
}
