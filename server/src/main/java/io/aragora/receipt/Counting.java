package io.aragora.receipt;

import io.aragora.consensus.Ballot;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Findings;
import io.aragora.consensus.Signals.Flip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of the votes cast are the ones the engine counted. */
final class Counting {
  private static final String JUDGE = "judge";

  private final Decision decision;
  private final @Nullable Findings findings;
  private final List<String> options;
  private final Map<String, Decision.Vote> counted = new HashMap<>();

  Counting(Decision decision) {
    this.decision = decision;
    this.findings = decision.ending().findings();
    this.options = decision.options().stream().map(Decision.Choice::id).toList();
    if (findings != null) {
      for (Ballot ballot : findings.counted().ballots()) {
        match(ballot, decision.votes());
      }
    }
  }

  boolean counts(Decision.Vote vote) {
    return vote == counted.get(vote.seat());
  }

  /**
   * The ranking as the engine took it: a refused ballot abstains, answers that are no option are
   * dropped, and their words, which may be anything, stay out of the payload.
   */
  List<String> ranking(Decision.Vote vote) {
    if (findings != null && vote.phase() == Decision.Phase.BLIND) {
      return findings.blind().ballots().stream()
          .filter(ballot -> ballot.seat().equals(vote.seat()))
          .findFirst()
          .map(Ballot::ranking)
          .orElse(List.of());
    }
    if (options.containsAll(vote.ranking())) {
      return isSound(vote.seat(), vote.ranking()) ? vote.ranking() : List.of();
    }
    return flip(vote.seat())
        .map(flip -> flip.isSupported() ? countedRanking(vote.seat()) : List.of(flip.to()))
        .orElseGet(() -> countedRanking(vote.seat()));
  }

  /** How many of the first ranks are acceptable, as the engine took it. */
  int acceptable(Decision.Vote vote) {
    return findings == null || !counts(vote)
        ? Math.clamp(vote.acceptable(), 0, ranking(vote).size())
        : findings.counted().ballots().stream()
            .filter(ballot -> ballot.seat().equals(vote.seat()))
            .mapToInt(Ballot::acceptable)
            .findFirst()
            .orElse(0);
  }

  private Optional<Flip> flip(String seat) {
    return findings == null
        ? Optional.empty()
        : findings.signals().flips().stream().filter(each -> each.seat().equals(seat)).findFirst();
  }

  /** Whether this final vote prefers another option than the same seat's blind one did. */
  boolean isChanged(Decision.Vote vote) {
    return vote.phase() == Decision.Phase.FINAL && flip(vote.seat()).isPresent();
  }

  @Nullable String ownDraft(String seat) {
    return findings == null ? null : findings.counted().ownDrafts().get(seat);
  }

  /** Whether the seat has a vote that counts; under the judge rule only the judges have. */
  boolean isVoter(Decision.Seat seat) {
    return findings == null
        ? !isByJudges() || isJudge(seat)
        : findings.counted().seats().contains(seat.seat());
  }

  boolean isPanelist(Decision.Seat seat) {
    return !isByJudges() || !isJudge(seat);
  }

  private static boolean isJudge(Decision.Seat seat) {
    return seat.lens().equals(JUDGE);
  }

  /** The seat's weight in millionths. */
  long weight(String seat) {
    if (findings == null) {
      return Ballot.UNIT;
    }
    return Stream.concat(findings.counted().ballots().stream(), findings.blind().ballots().stream())
        .filter(ballot -> ballot.seat().equals(seat))
        .mapToLong(Ballot::weight)
        .findFirst()
        .orElse(Ballot.UNIT);
  }

  private boolean isByJudges() {
    return decision.terms().rule() instanceof ConsensusRule.Judge;
  }

  /** The last of the seat's votes that says what was counted: final before blind. */
  private void match(Ballot ballot, List<Decision.Vote> votes) {
    for (Decision.Vote vote : votes) {
      boolean isLater = !counted.containsKey(vote.seat()) || vote.phase() == Decision.Phase.FINAL;
      if (vote.seat().equals(ballot.seat()) && says(vote, ballot) && isLater) {
        counted.put(vote.seat(), vote);
      }
    }
  }

  private boolean says(Decision.Vote vote, Ballot ballot) {
    List<String> ranking = ranking(vote);
    return isByJudges() && vote.phase() == Decision.Phase.FINAL
        ? ranking.stream().findFirst().equals(ballot.first())
        : ranking.equals(ballot.ranking());
  }

  private List<String> countedRanking(String seat) {
    return findings == null
        ? List.of()
        : findings.counted().ballots().stream()
            .filter(ballot -> ballot.seat().equals(seat))
            .findFirst()
            .map(Ballot::ranking)
            .orElse(List.of());
  }

  private boolean isSound(String seat, List<String> ranking) {
    return ranking.stream().distinct().count() == ranking.size()
        && !ranking.contains(String.valueOf(ownDraft(seat)));
  }
}
