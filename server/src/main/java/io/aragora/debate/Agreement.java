package io.aragora.debate;

import io.aragora.consensus.Ballot;
import io.aragora.consensus.BlindQuorum;
import io.aragora.consensus.Election;
import io.aragora.consensus.Findings;
import io.aragora.consensus.Signals;
import io.aragora.consensus.Tally;
import io.aragora.consensus.Verdict;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.engine.Frame;
import io.aragora.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the ballots stand, as viewers are told. */
final class Agreement {
  private Agreement() {}

  /** The standing that counted; empty where there was nothing to count. */
  static Optional<Event> counted(Brief brief, @Nullable Findings findings, List<Answered> answers) {
    if (findings == null) {
      return Optional.empty();
    }
    int round = answers.stream().mapToInt(Answered::round).max().orElse(0);
    return Optional.of(
        standing(brief, round, findings.verdict(), findings.independence().nEff().toString()));
  }

  /** The blind standing; an open question has no options to count before its answers are sorted. */
  static Optional<Event> blind(Brief brief, int round, List<Answered> answers) {
    if (brief.open()) {
      return Optional.empty();
    }
    Frame frame = Replay.frame(brief);
    List<Ballot> ballots =
        Running.drafts(answers).entrySet().stream()
            .map(each -> Ballot.of(Replay.id(each.getKey()), each.getValue().ranking()))
            .toList();
    Verdict verdict = frame.rule().decide(Election.of(frame.options(), frame.seatIds(), ballots));
    return Optional.of(standing(brief, round, verdict, frame.independence().nEff().toString()));
  }

  private static Event standing(Brief brief, int round, Verdict verdict, String nEff) {
    Tally tally = verdict.tally();
    Map<String, Integer> votes = new TreeMap<>();
    tally.options().forEach(option -> votes.put(option, tally.votesFor(option)));
    return new Event.AgreementComputed(
        round,
        votes,
        tally.seats() - tally.cast(),
        tally.seats(),
        BlindQuorum.needed(brief.panel().size()),
        verdict.option().isPresent(),
        leader(votes),
        nEff);
  }

  /** The short names of the signals that were raised. */
  static List<String> signals(Signals signals) {
    var raised = new ArrayList<String>();
    boolean[] each = {signals.h1(), signals.h2(), signals.h3(), signals.h4(), signals.h5()};
    for (int at = 0; at < each.length; at++) {
      if (each[at]) {
        raised.add("h" + (at + 1));
      }
    }
    return raised;
  }

  /** The option with the most first choices, if it is alone there. */
  private static @Nullable String leader(Map<String, Integer> votes) {
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> first =
        votes.keySet().stream().filter(option -> votes.getOrDefault(option, 0) == most).toList();
    return most > 0 && first.size() == 1 ? first.getFirst() : null;
  }
}
