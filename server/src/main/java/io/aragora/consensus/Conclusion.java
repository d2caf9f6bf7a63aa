package io.aragora.consensus;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a debate ended: with a verdict that stands on a blind quorum, or without one. */
public sealed interface Conclusion {
  Outcome outcome();

  /** The winning option, or the one under review; empty if there is none. */
  Optional<String> verdict();

  /** Present only where a verdict stands. */
  Optional<Confidence> confidence();

  /** A verdict that stands; cannot be made without the ballots of a blind quorum. */
  record Decided(BlindQuorum quorum, Verdict.Won won, List<String> dissenters, Confidence measured)
      implements Conclusion {
    public Decided {
      dissenters = List.copyOf(dissenters);
    }

    @Override
    public Outcome outcome() {
      return dissenters.isEmpty() ? Outcome.DECIDED : Outcome.DECIDED_WITH_DISSENT;
    }

    @Override
    public Optional<String> verdict() {
      return Optional.of(won.winner());
    }

    @Override
    public Optional<Confidence> confidence() {
      return Optional.of(measured);
    }
  }

  /** A vote that reached its bar but must be looked at by a person first. */
  record UnderReview(Verdict.Won won, Set<Doubt> doubts) implements Conclusion {
    public UnderReview {
      doubts = Collections.unmodifiableSet(new TreeSet<>(doubts));
      if (doubts.isEmpty()) {
        throw new IllegalArgumentException("a review needs a doubt");
      }
    }

    @Override
    public Outcome outcome() {
      return Outcome.REVIEW;
    }

    @Override
    public Optional<String> verdict() {
      return Optional.of(won.winner());
    }

    @Override
    public Optional<Confidence> confidence() {
      return Optional.empty();
    }
  }

  /** No verdict: nothing won, too few voted, or the debate was stopped. */
  record Undecided(Outcome outcome) implements Conclusion {
    public Undecided {
      if (outcome.isDecision() || outcome == Outcome.REVIEW) {
        throw new IllegalArgumentException(outcome + " needs a verdict");
      }
    }

    @Override
    public Optional<String> verdict() {
      return Optional.empty();
    }

    @Override
    public Optional<Confidence> confidence() {
      return Optional.empty();
    }
  }

  /** Why a vote that reached its bar is still only worth a review. */
  public enum Doubt {
    HOLLOW,
    LOW_INDEPENDENCE,
    NOT_ATTESTED,
    ONE_UNTRUSTED_SOURCE
  }
}
