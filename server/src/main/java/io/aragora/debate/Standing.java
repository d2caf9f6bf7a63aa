package io.aragora.debate;

import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.engine.DebateState;
import io.aragora.event.StreamPlace;
import io.aragora.kernel.Money;
import io.aragora.platform.db.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where a debate stands as its owner knows it: what was answered, where its events end, what its
 * hold still has, and the last round that was told to have started. Only the owner writes, so each
 * turn starts from the standing the turn before committed, without reading it again.
 */
record Standing(List<Answered> answers, StreamPlace place, Money left, int roundsStarted) {
  private static final Comparator<Answered> ORDER =
      Comparator.comparingInt(Answered::round).thenComparingInt(Answered::seat);

  Standing {
    answers = List.copyOf(answers);
  }

  /** Reads it: at a later take-up, and when nobody knows whether the last turn was committed. */
  static Standing read(DebateParts parts, Tx tx, Running debate) {
    return new Standing(
        DebateStore.answers(tx, debate.id()),
        parts.events().place(tx, debate.id()),
        parts.budgets().left(tx, debate.row().reservation()),
        CallStore.lastRound(tx, debate.id()));
  }

  /** As {@link #read} at the first take-up, when there is nothing to look for. */
  static Standing first(DebateParts parts, Tx tx, Running debate) {
    return new Standing(
        List.of(),
        parts.events().place(tx, debate.id()),
        parts.budgets().left(tx, debate.row().reservation()),
        0);
  }

  DebateState state(Brief brief) {
    return Replay.state(brief, answers);
  }

  boolean has(Question question) {
    return answers.stream()
        .anyMatch(answer -> isOf(answer, question) && answer.seat() == question.seat());
  }

  /** The answers to the move of this question, failed ones too. */
  List<Answered> toMoveOf(Question question) {
    return answers.stream().filter(answer -> isOf(answer, question)).toList();
  }

  int lastRound() {
    return answers.stream().mapToInt(Answered::round).max().orElse(0);
  }

  /** In the order of the table, so that a debate goes the same way with and without a crash. */
  Standing with(List<Answered> more) {
    var all = new ArrayList<>(answers);
    all.addAll(more);
    all.sort(ORDER);
    return new Standing(all, place, left, roundsStarted);
  }

  Standing at(StreamPlace newPlace) {
    return new Standing(answers, newPlace, left, roundsStarted);
  }

  Standing leaving(Money newLeft) {
    return new Standing(answers, place, newLeft, roundsStarted);
  }

  Standing started(int round) {
    return new Standing(answers, place, left, Math.max(round, roundsStarted));
  }

  private static boolean isOf(Answered answer, Question question) {
    return answer.round() == question.round() && answer.move().equals(question.move());
  }
}
