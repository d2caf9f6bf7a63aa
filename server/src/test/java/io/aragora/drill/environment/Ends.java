package io.aragora.drill.environment;

import io.aragora.drill.check.Invariants;
import io.aragora.drill.history.History;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import io.aragora.platform.db.Database;
import io.aragora.provider.ProviderFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** How debates ended, read from the database as the superuser. */
final class Ends {
  private static final Set<String> KINDS =
      Arrays.stream(ProviderFailure.Kind.values())
          .map(each -> each.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());

  private final Database database;

  Ends(Database database) {
    this.database = database;
  }

  /** The failures of its seats, each kind once. */
  List<String> failures(UUID debate) {
    return database.inSystemTransaction(
        tx ->
            tx.list(
                """
                select distinct failure
                  from debate_answer
                 where debate_id = ?
                   and failure is not null
                """,
                row -> row.text("failure"),
                debate));
  }

  boolean failuresAreTyped(UUID debate) {
    return KINDS.containsAll(failures(debate));
  }

  /**
   * What was paid for without a count of tokens: each such line is the bound of its call, or its
   * half where two attempts share it.
   */
  boolean unknownIsAtTheBound(UUID debate) {
    return number(
            """
            select count(*) as n
              from ledger_entry l
              join debate_call c on c.call_id = l.call_id
             where l.debate_id = ?
               and l.kind = 'ambiguous'
               and l.charged + l.excess not in (c.bound_micro, c.bound_micro / 2)
            """,
            debate)
        == 0;
  }

  long unknown(UUID debate) {
    return number(
        "select count(*) as n from ledger_entry where debate_id = ? and kind = 'ambiguous'",
        debate);
  }

  long number(String sql, Object... values) {
    return database.inSystemTransaction(
        tx -> tx.one(sql, row -> row.number("n"), values).orElseThrow());
  }

  /** I1 to I8 where the model server kept no record of its own. */
  Map<String, String> invariants(Rig rig) {
    settled(rig);
    return new TreeMap<>(new Invariants(rig.database(), rig.keys()).check(new History()));
  }

  /** Waits for the jobs of debates, which end right after the debates do. */
  void settled(Rig rig) {
    var invariants = new Invariants(rig.database(), rig.keys());
    boolean unused =
        Until.isTrue(
            Duration.ofSeconds(30), () -> "ok".equals(invariants.check(new History()).get("I8")));
  }
}
