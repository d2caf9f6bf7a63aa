package io.aragora.debate;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The journal of paid calls: written before each is made, ended when its answer is stored. */
final class CallStore {
  private CallStore() {}

  /** Writes a call down before it is made. */
  static void intend(Tx tx, WorkspaceId workspace, DebateId id, Question question, Instant at) {
    tx.update(
        """
        insert into debate_call (
          workspace_id, debate_id, call_id, round, seat, move, request_sha256, bound_micro,
          asked_at, ended)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, false)
        """,
        workspace.value(),
        id.value(),
        question.callId(),
        question.round(),
        question.seat(),
        question.move(),
        question.requestSha256(),
        question.bound().micro(),
        at);
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

  static void endCall(Tx tx, UUID callId) {
    tx.update(
        """
        update debate_call
           set ended = true
         where call_id = ?
        """,
        callId);
  }
}
