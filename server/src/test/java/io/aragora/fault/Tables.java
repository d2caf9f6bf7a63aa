package io.aragora.fault;

import io.aragora.platform.db.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at all tables behind the server's back. */
final class Tables {
  /**
   * What is written beside an operation's effect: its key, when the caller was last seen, how often
   * somebody tried, which nodes live, and what the sequencers of both logs write in their own time.
   */
  private static final Set<String> BESIDE =
      Set.of(
          "idempotency_key",
          "api_key",
          "login_attempt",
          "flyway_schema_history",
          "job_node",
          "log_checkpoint",
          "log_node",
          "audit_pending",
          "audit_leaf",
          "audit_node",
          "audit_checkpoint");

  private final Database superuser;
  private final String look;

  Tables(Database superuser) {
    this.superuser = superuser;
    this.look = all().stream().map(Table::look).collect(Collectors.joining(" union all "));
  }

  /** What a table holds: how many rows, and a sum over all that is in them. */
  record Content(long rows, String sum) {
    static final Content NONE = new Content(0, "0");
  }

  /** The contents of all tables at one moment. */
  record Snapshot(Map<String, Content> tables) {
    /** How many rows each changed table has more than {@code before}; empty if nothing changed. */
    Map<String, Long> since(Snapshot before) {
      var changes = new TreeMap<String, Long>();
      tables.forEach(
          (name, now) -> {
            Content then = before.tables().getOrDefault(name, Content.NONE);
            if (!now.equals(then)) {
              changes.put(name, now.rows() - then.rows());
            }
          });
      return changes;
    }
  }

  Snapshot look() {
    return superuser.inSystemTransaction(
        tx ->
            new Snapshot(
                tx
                    .list(
                        look,
                        row ->
                            Map.entry(
                                row.text("name"), new Content(row.number("rows"), row.text("sum"))))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
  }

  private List<Table> all() {
    return superuser.inSystemTransaction(
        tx ->
            tx
                .list(
                    """
                    select tablename,
                           has_table_privilege('aragora_app', tablename::regclass, 'update') as open
                      from pg_tables
                     where schemaname = 'public'
                    """,
                    row -> new Table(row.text("tablename"), row.flag("open")))
                .stream()
                .filter(table -> !BESIDE.contains(table.name()))
                .toList());
  }

  /** A table, and whether the server may change its rows. */
  private record Table(String name, boolean open) {
    /** Of rows that are only ever added, and are many, it is enough who wrote last. */
    String look() {
      return """
      select '%1$s' as name, count(*) as rows, coalesce(%2$s, 0)::text as sum
        from %1$s as t
      """
          .formatted(
              name, open ? "sum(hashtextextended(t::text, 0))" : "max(t.xmin::text::bigint)");
    }
  }
}
