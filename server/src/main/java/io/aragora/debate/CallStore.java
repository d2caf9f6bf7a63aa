package io.aragora.debate;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The journal of paid calls: written before each is made, ended when its answer is stored. */
final class CallStore {
  private CallStore() {}

  /** Writes calls down before they are made; writing them down again changes nothing. */
  static void intend(
      Tx tx, WorkspaceId workspace, DebateId id, List<Question> questions, Instant at) {
    tx.update(
        """
        insert into debate_call (
          workspace_id, debate_id, call_id, round, seat, move, request_sha256, bound_micro,
          asked_at, ended)
        select ?, ?, call_id::uuid, round::integer, seat::integer, move, request_sha256,
               bound::bigint, ?, false
          from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            as asked (call_id, round, seat, move, request_sha256, bound)
            on conflict on constraint debate_call_pk do nothing
        """,
        workspace.value(),
        id.value(),
        at,
        column(questions, Question::callId),
        column(questions, Question::round),
        column(questions, Question::seat),
        column(questions, Question::move),
        column(questions, Question::requestSha256),
        column(questions, question -> question.bound().micro()));
  }

  private static String[] column(List<Question> questions, Function<Question, Object> part) {
    return questions.stream().map(part).map(Object::toString).toArray(String[]::new);
  }

  /** The last round any call was written down for; 0 before the first. */
  static int lastRound(Tx tx, DebateId id) {
    return tx.one(
            """
            select coalesce(max(round), 0) as last
              from debate_call
             where debate_id = ?
            """,
            row -> (int) row.number("last"),
            id.value())
        .orElseThrow();
  }

  /** A call written down of which nobody knows how it ended. */
  record Open(UUID callId, int round, int seat, String move, long boundMicro) {}

  /** Ends all open calls of a debate and returns them: their node died while they ran. */
  static List<Open> endOpenCalls(Tx tx, DebateId id) {
    return tx.list(
        """
        update debate_call
           set ended = true
         where debate_id = ?
           and not ended
        returning call_id, round, seat, move, bound_micro
        """,
        row ->
            new Open(
                row.uuid("call_id"),
                (int) row.number("round"),
                (int) row.number("seat"),
                row.text("move"),
                row.number("bound_micro")),
        id.value());
  }
}
