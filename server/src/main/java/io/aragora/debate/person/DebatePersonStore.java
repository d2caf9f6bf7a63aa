package io.aragora.debate.person;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.person.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of debates that one person opened. */
final class DebatePersonStore {
  private DebatePersonStore() {}

  /** A debate in one line. */
  record Line(UUID debateId, String question, Instant openedAt, @Nullable String outcome) {}

  static List<Line> list(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.list(
        """
        select debate_id, question, opened_at, outcome
          from debate
         where workspace_id = ?
           and actor_id = ?
         order by debate_id desc
         limit ?
        """,
        row ->
            new Line(
                row.uuid("debate_id"),
                row.text("question"),
                row.instant("opened_at"),
                row.maybeText("outcome").orElse(null)),
        workspace.value(),
        account.value(),
        PersonalData.MOST);
  }
}
