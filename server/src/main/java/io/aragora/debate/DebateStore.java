package io.aragora.debate;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps debates and the answers of their seats. */
final class DebateStore {
  private DebateStore() {}

  /** A debate's row. */
  record Stored(
      DebateId id,
      ActorId actor,
      String question,
      String frame,
      String frameSha256,
      String state,
      boolean cancelWanted,
      long ownerEpoch,
      UUID reservation,
      Optional<String> outcome,
      Optional<String> verdict,
      Optional<String> synthesis,
      Optional<UUID> receipt,
      Instant openedAt,
      Instant deadlineAt,
      Optional<Instant> closedAt) {
    boolean isClosed() {
      return state.equals("closed");
    }
  }

  /** One seat's stored answer to one move; {@code failure} is present where the seat failed. */
  record Answered(
      int round,
      int seat,
      String move,
      UUID callId,
      Optional<String> failure,
      String content,
      String modelActual,
      String promptSha256,
      long inputTokens,
      long outputTokens,
      Instant receivedAt) {}

  /** Adds a new debate; false when it is already there. */
  static boolean insert(Tx tx, WorkspaceId workspace, Stored debate) {
    return tx.update(
            """
            insert into debate (
              workspace_id, debate_id, actor_id, question, frame, frame_sha256, state,
              cancel_wanted, owner_epoch, reservation_id, opened_at, deadline_at)
            values (?, ?, ?, ?, ?, ?, 'open', false, 0, ?, ?, ?)
                on conflict on constraint debate_pk do nothing
            """,
            workspace.value(),
            debate.id().value(),
            debate.actor().value(),
            debate.question(),
            debate.frame(),
            debate.frameSha256(),
            debate.reservation(),
            debate.openedAt(),
            debate.deadlineAt())
        == 1;
  }

  static Optional<Stored> find(Tx tx, DebateId id) {
    return tx.one(
        """
        select debate_id, actor_id, question, frame, frame_sha256, state, cancel_wanted,
               owner_epoch, reservation_id, outcome, verdict, synthesis, receipt_id,
               opened_at, deadline_at, closed_at
          from debate
         where debate_id = ?
        """,
        DebateStore::stored,
        id.value());
  }

  /** Newest first; {@code before} is the last id of the page before. */
  static List<Stored> page(Tx tx, UUID before, int limit) {
    return tx.list(
        """
        select debate_id, actor_id, question, frame, frame_sha256, state, cancel_wanted,
               owner_epoch, reservation_id, outcome, verdict, synthesis, receipt_id,
               opened_at, deadline_at, closed_at
          from debate
         where debate_id < ?
         order by debate_id desc
         limit ?
        """,
        DebateStore::stored,
        before,
        limit);
  }

  /** A debate that was taken over, and how long ago it was opened by the database's clock. */
  record Owned(Stored row, Duration age) {}

  /** Takes the debate over: every later write must show the new epoch. Empty when it is closed. */
  static Optional<Owned> own(Tx tx, DebateId id) {
    return tx.one(
        """
        update debate
           set owner_epoch = owner_epoch + 1, state = 'running'
         where debate_id = ?
           and state <> 'closed'
        returning debate_id, actor_id, question, frame, frame_sha256, state, cancel_wanted,
                  owner_epoch, reservation_id, outcome, verdict, synthesis, receipt_id,
                  opened_at, deadline_at, closed_at,
                  (extract(epoch from clock_timestamp() - entered_at) * 1000)::bigint as age
        """,
        row -> new Owned(stored(row), Duration.ofMillis(row.number("age"))),
        id.value());
  }

  /**
   * Locks the row and tells whether the debate is to be cancelled; empty when this epoch does not
   * own it any more, because another node took over or it is closed.
   */
  static Optional<Boolean> hold(Tx tx, DebateId id, long epoch) {
    return tx.one(
        """
        select cancel_wanted
          from debate
         where debate_id = ?
           and owner_epoch = ?
           and state = 'running'
           for update
        """,
        row -> row.flag("cancel_wanted"),
        id.value(),
        epoch);
  }

  /** Whether calls of this epoch are of no use any more; looks without locking. */
  static boolean isToBeCutOff(Tx tx, DebateId id, long epoch) {
    return tx.one(
            """
            select 1 as one
              from debate
             where debate_id = ?
               and owner_epoch = ?
               and state = 'running'
               and not cancel_wanted
            """,
            row -> row.number("one"),
            id.value(),
            epoch)
        .isEmpty();
  }

  /** Asks a debate to stop; false when it is closed already. */
  static boolean wantCancel(Tx tx, DebateId id) {
    return tx.update(
            """
            update debate
               set cancel_wanted = true
             where debate_id = ?
               and state <> 'closed'
            """,
            id.value())
        == 1;
  }

  static void close(
      Tx tx,
      DebateId id,
      String outcome,
      Optional<String> verdict,
      Optional<String> synthesis,
      ReceiptId receipt,
      Instant at) {
    tx.update(
        """
        update debate
           set state = 'closed', outcome = ?, verdict = ?, synthesis = ?, receipt_id = ?,
               closed_at = ?
         where debate_id = ?
        """,
        outcome,
        verdict.orElse(null),
        synthesis.orElse(null),
        receipt.value(),
        at,
        id.value());
  }

  /** Adds answers, none of them stored before, and ends their calls, in one statement. */
  static void answer(Tx tx, WorkspaceId workspace, DebateId id, List<Answered> answers) {
    tx.update(
        """
        with given as (
          select *
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              as given (round, seat, move, call_id, failure, content, model_actual,
                        prompt_sha256, input_tokens, output_tokens, received_at)),
        ended as (
          update debate_call
             set ended = true
           where call_id = any(?::text[]::uuid[]))
        insert into debate_answer (
          workspace_id, debate_id, round, seat, move, call_id, failure, content, model_actual,
          prompt_sha256, input_tokens, output_tokens, received_at)
        select ?, ?, round::integer, seat::integer, move, call_id::uuid, failure, content,
               model_actual, prompt_sha256, input_tokens::bigint, output_tokens::bigint,
               received_at::timestamptz
          from given
        """,
        column(answers, Answered::round),
        column(answers, Answered::seat),
        column(answers, Answered::move),
        column(answers, Answered::callId),
        column(answers, answer -> answer.failure().orElse(null)),
        column(answers, Answered::content),
        column(answers, Answered::modelActual),
        column(answers, Answered::promptSha256),
        column(answers, Answered::inputTokens),
        column(answers, Answered::outputTokens),
        column(answers, Answered::receivedAt),
        // Not joined with what is given: the planner takes that for a hundred rows and scans.
        column(answers, Answered::callId),
        workspace.value(),
        id.value());
  }

  private static @Nullable String[] column(
      List<Answered> answers, Function<Answered, @Nullable Object> part) {
    return answers.stream()
        .map(answer -> Objects.toString(part.apply(answer), null))
        .toArray(String[]::new);
  }

  static List<Answered> answers(Tx tx, DebateId id) {
    return tx.list(
        """
        select round, seat, move, call_id, failure, content, model_actual, prompt_sha256,
               input_tokens, output_tokens, received_at
          from debate_answer
         where debate_id = ?
         order by round, seat
        """,
        row ->
            new Answered(
                (int) row.number("round"),
                (int) row.number("seat"),
                row.text("move"),
                row.uuid("call_id"),
                row.maybeText("failure"),
                row.text("content"),
                row.text("model_actual"),
                row.text("prompt_sha256"),
                row.number("input_tokens"),
                row.number("output_tokens"),
                row.instant("received_at")),
        id.value());
  }

  private static Stored stored(Row row) {
    return new Stored(
        new DebateId(row.uuid("debate_id")),
        new ActorId(row.uuid("actor_id")),
        row.text("question"),
        row.text("frame"),
        row.text("frame_sha256"),
        row.text("state"),
        row.flag("cancel_wanted"),
        row.number("owner_epoch"),
        row.uuid("reservation_id"),
        row.maybeText("outcome"),
        row.maybeText("verdict"),
        row.maybeText("synthesis"),
        row.maybeUuid("receipt_id"),
        row.instant("opened_at"),
        row.instant("deadline_at"),
        row.maybeInstant("closed_at"));
  }
}
