package io.aragora.debate.engine;

import io.aragora.consensus.ReasonType;
import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Contribution.Reply;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.debate.engine.Move.Reading;
import io.aragora.debate.engine.Move.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a debate to its end in memory: asks the scripted seats whatever the engine asks. */
final class Play {
  /** What scripted seats answer; an empty answer is a failed seat. */
  interface Seats {
    Optional<Draft> draft(String seat);

    Optional<Challenge> challenge(DebateState state, int round, Reading reading);

    Optional<FinalBallot> ballot(DebateState state, Sheet sheet);
  }

  static final Seats STUBBORN =
      new Seats() {
        @Override
        public Optional<Draft> draft(String seat) {
          return Optional.empty();
        }

        @Override
        public Optional<Challenge> challenge(DebateState state, int round, Reading reading) {
          List<Reply> replies = new ArrayList<>();
          reading
              .claims()
              .forEach(
                  c -> replies.add(new Reply(c.id(), Stance.UNSURE, ReasonType.NONE, null, "")));
          return Optional.of(new Challenge(reading.seat(), round, replies, List.of()));
        }

        @Override
        public Optional<FinalBallot> ballot(DebateState state, Sheet sheet) {
          Draft own = Hearing.drafts(state).get(sheet.voter());
          List<String> ranking =
              own != null && sheet.options().containsAll(own.ranking()) ? own.ranking() : List.of();
          return Optional.of(
              new FinalBallot(sheet.voter(), sheet.pass(), ranking, 1, ReasonType.NONE, null, ""));
        }
      };

  private final Seats seats;

  private Play(Seats seats) {
    this.seats = seats;
  }

  static Play of(Seats seats) {
    return new Play(seats);
  }

  Move.Conclude from(DebateState start) {
    DebateState state = start;
    for (int step = 0; step < 20; step++) {
      Move move = DebateEngine.next(state);
      if (move instanceof Move.Conclude end) {
        return end;
      }
      state = answer(state, move);
    }
    throw new IllegalStateException("the debate does not end");
  }

  private DebateState answer(DebateState before, Move move) {
    DebateState state = before;
    switch (move) {
      case Move.Draft(int round, List<String> asked) -> {
        for (String seat : asked) {
          state = add(state, seats.draft(seat), seat, round);
        }
      }
      case Move.Challenge(int round, List<Reading> readings) -> {
        for (Reading reading : readings) {
          state = add(state, seats.challenge(before, round, reading), reading.seat(), round);
        }
      }
      case Move.Ballot(int round, List<Sheet> sheets) -> {
        for (Sheet sheet : sheets) {
          state = add(state, seats.ballot(before, sheet), sheet.voter(), round);
        }
      }
      case Move.Decide _ -> state = state.marked(Mark.WORDS_WRITTEN);
      case Move.Conclude _ -> throw new IllegalStateException("the end needs no answer");
    }
    return state;
  }

  private static DebateState add(
      DebateState state, Optional<? extends Contribution> answer, String seat, int round) {
    return answer.isPresent() ? state.with(answer.get()) : state.failed(seat, round);
  }
}
