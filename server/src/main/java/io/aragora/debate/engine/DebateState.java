package io.aragora.debate.engine;

import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everything that has happened in a debate so far; the engine needs nothing else. */
public record DebateState(
    Frame frame,
    List<Draft> drafts,
    List<Challenge> challenges,
    List<FinalBallot> ballots,
    List<Failure> failures,
    Set<Mark> marks) {
  public DebateState {
    drafts = List.copyOf(drafts);
    challenges = List.copyOf(challenges);
    ballots = List.copyOf(ballots);
    failures = List.copyOf(failures);
    EnumSet<Mark> copy = EnumSet.noneOf(Mark.class);
    copy.addAll(marks);
    marks = Collections.unmodifiableSet(copy);
  }

  /** A seat that gave no usable answer to the move of that round. */
  public record Failure(String seat, int round) {}

  /** What happened to the debate as a whole. */
  public enum Mark {
    /** A person or program called it off. */
    CANCELLED,
    /** The hold is spent. */
    OUT_OF_BUDGET,
    /** Its time is over. */
    OUT_OF_TIME,
    /** A person took responsibility for an irreversible verdict. */
    ATTESTED,
    /** Synthesis and dissents are written, or could not be had. */
    WORDS_WRITTEN
  }

  public static DebateState of(Frame frame) {
    return new DebateState(frame, List.of(), List.of(), List.of(), List.of(), Set.of());
  }

  public DebateState with(Contribution contribution) {
    return switch (contribution) {
      case Draft draft ->
          new DebateState(frame, add(drafts, draft), challenges, ballots, failures, marks);
      case Challenge challenge ->
          new DebateState(frame, drafts, add(challenges, challenge), ballots, failures, marks);
      case FinalBallot ballot ->
          new DebateState(frame, drafts, challenges, add(ballots, ballot), failures, marks);
    };
  }

  public DebateState failed(String seat, int round) {
    return new DebateState(
        frame, drafts, challenges, ballots, add(failures, new Failure(seat, round)), marks);
  }

  public DebateState marked(Mark mark) {
    EnumSet<Mark> more = EnumSet.of(mark);
    more.addAll(marks);
    return new DebateState(frame, drafts, challenges, ballots, failures, more);
  }

  private static <T> List<T> add(List<T> some, T one) {
    List<T> more = new ArrayList<>(some.size() + 1);
    more.addAll(some);
    more.add(one);
    return more;
  }
}
