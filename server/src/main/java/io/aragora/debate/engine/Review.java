package io.aragora.debate.engine;

import io.aragora.consensus.Election;
import io.aragora.consensus.Findings;
import io.aragora.consensus.HollowTest;
import io.aragora.consensus.HollowTest.Talk;
import io.aragora.consensus.Signals.Flip;
import io.aragora.consensus.Tally;
import io.aragora.consensus.Verdict;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Claim.Trust;
import io.aragora.debate.engine.DebateState.Failure;
import io.aragora.debate.engine.Poll.Second;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks back over a finished vote: what stands behind the winner, who lost, how it came about. */
final class Review {
  private final DebateState state;
  private final Poll poll;
  private final Hearing hearing;

  Review(DebateState state, Poll poll, Hearing hearing) {
    this.state = state;
    this.poll = poll;
    this.hearing = hearing;
  }

  Findings of(Second second) {
    Frame frame = state.frame();
    Verdict verdict = frame.rule().decide(second.counted());
    List<Set<Citation>> behind =
        verdict.option().map(winner -> behind(winner, second)).orElse(List.of());
    Tally blind = Tally.of(poll.blind());
    // Judges are another electorate: their agreement says nothing of what talk did to the panel.
    Tally spoken = poll.isByJudges() ? blind : Tally.of(second.spoken());
    List<Set<String>> cited = behind.stream().map(Hearing::evidence).toList();
    var talk = new Talk(frame.panel().size(), blind, spoken, second.flips(), cited);
    return new Findings(
        frame.rule(),
        poll.blind(),
        second.counted(),
        verdict,
        frame.independence(),
        HollowTest.of(talk, frame.independence()),
        isOneUntrustedSource(behind) ? Findings.Sources.ONE_UNTRUSTED : Findings.Sources.SOUND,
        failedSeats(),
        poll.refused(),
        verdict.option().map(winner -> dissenters(winner, second)).orElse(List.of()));
  }

  /** What each supporter of the winner rests on; without supporters on the panel, nothing. */
  private List<Set<Citation>> behind(String winner, Second second) {
    Election votes = poll.isByJudges() ? poll.blind() : second.counted();
    Map<String, String> named = new HashMap<>();
    second.flips().stream()
        .filter(Flip::isSupported)
        .forEach(flip -> named.put(flip.seat(), flip.claimId()));
    List<Set<Citation>> behind = new ArrayList<>();
    for (var ballot : votes.ballots()) {
      if (ballot.first().equals(Optional.of(winner))) {
        behind.add(hearing.citations(ballot.seat(), named.get(ballot.seat())));
      }
    }
    return behind.isEmpty() ? List.of(Set.of()) : behind;
  }

  private static boolean isOneUntrustedSource(List<Set<Citation>> behind) {
    Set<String> sources = new HashSet<>();
    for (Set<Citation> cited : behind) {
      for (Citation citation : cited) {
        if (citation.trust() == Trust.TRUSTED) {
          return false;
        }
        sources.add(citation.source());
      }
    }
    return sources.size() == 1;
  }

  private List<String> failedSeats() {
    Set<String> failed = new LinkedHashSet<>();
    for (Failure failure : state.failures()) {
      failed.add(failure.seat());
    }
    return List.copyOf(failed);
  }

  /** Seats whose counted vote lost, and seats that could only stay with their own losing draft. */
  private List<String> dissenters(String winner, Second second) {
    Map<String, String> position = new HashMap<>();
    for (var ballot : second.counted().ballots()) {
      ballot.first().ifPresent(option -> position.put(ballot.seat(), option));
    }
    second.counted().ownDrafts().forEach(position::putIfAbsent);
    return second.counted().seats().stream()
        .filter(seat -> !position.getOrDefault(seat, winner).equals(winner))
        .toList();
  }
}
