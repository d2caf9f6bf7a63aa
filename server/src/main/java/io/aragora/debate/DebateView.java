package io.aragora.debate;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.debate.brief.Brief;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.ReceiptId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A debate as callers see it; outcome, verdict, receipt and closing time are there once it ended.
 */
public record DebateView(
    DebateId id,
    State state,
    String question,
    boolean rehearsal,
    @Nullable String outcome,
    @Nullable String verdict,
    @Nullable String synthesis,
    @Nullable ReceiptId receiptId,
    Instant openedAt,
    Instant deadlineAt,
    @Nullable Instant closedAt,
    String frameSha256,
    Brief brief) {

  /** How far a debate is. */
  public enum State {
    OPEN,
    RUNNING,
    CLOSED
  }

  static DebateView of(DebateStore.Stored row) {
    Brief brief = Brief.parse(row.frame());
    return new DebateView(
        row.id(),
        State.valueOf(row.state().toUpperCase(java.util.Locale.ROOT)),
        row.question(),
        brief.rehearsal(),
        row.outcome().orElse(null),
        row.verdict().orElse(null),
        row.synthesis().orElse(null),
        row.receipt().map(ReceiptId::new).orElse(null),
        row.openedAt(),
        row.deadlineAt(),
        row.closedAt().orElse(null),
        row.frameSha256(),
        brief);
  }

  /** What a debate can cost at most, and whether the caps leave room for it now. */
  public record Estimate(
      Money bound, Money blindRound, int callsAtLeast, int callsAtMost, Brief brief) {}

  /** Everything the seats said, in the order it was stored. */
  public record Transcript(DebateId id, List<Entry> entries) {}

  /** One seat's answer to one move; seat 0 is the editor. */
  public record Entry(
      int round,
      int seat,
      String move,
      @Nullable String failure,
      JsonNode content,
      String modelActual,
      String promptSha256,
      long inputTokens,
      long outputTokens,
      Instant receivedAt) {

    static Entry of(DebateStore.Answered answer) {
      return new Entry(
          answer.round(),
          answer.seat(),
          answer.move(),
          answer.failure().orElse(null),
          io.aragora.platform.json.Json.tree(answer.content()),
          answer.modelActual(),
          answer.promptSha256(),
          answer.inputTokens(),
          answer.outputTokens(),
          answer.receivedAt());
    }
  }
}
