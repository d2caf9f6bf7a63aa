package io.aragora.debate.engine;

import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Findings;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Seat;
import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Claim.Check;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Claim.Trust;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Contribution.Reply;
import io.aragora.debate.engine.Contribution.Stance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Short words for panels and what their seats say. */
final class PanelOf {
  private PanelOf() {}

  /** Seats s0, s1, … of different models, families and vendors. */
  static List<Seat> strangers(int n) {
    List<Seat> panel = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      panel.add(new Seat("s" + i, "model" + i, "family" + i, "vendor" + i));
    }
    return panel;
  }

  static List<Seat> sameModel(int n) {
    return strangers(n).stream().map(s -> new Seat(s.id(), "m", "f", "v")).toList();
  }

  static Frame yesNo(int seats, ConsensusRule rule) {
    return Frame.of(List.of("approve", "reject"), rule, strangers(seats), 1, 7);
  }

  static Citation verified(String evidence) {
    return new Citation(evidence, "minutes.pdf", Check.VERIFIED, Trust.TRUSTED);
  }

  static Claim claim(String id, String text, String... evidence) {
    return new Claim(id, text, List.of(evidence).stream().map(PanelOf::verified).toList());
  }

  /** A draft for one option that rests on one claim with its own checked evidence. */
  static Draft draft(String seat, String option) {
    var claim = claim("c-" + seat, "because of what seat " + seat + " found", "e-" + seat);
    return new Draft(seat, List.of(option), 1, "The text of " + seat, List.of(claim));
  }

  static Draft draft(String seat, String option, Claim... claims) {
    return new Draft(seat, List.of(option), 1, "The text of " + seat, List.of(claims));
  }

  static Draft silent(String seat) {
    return new Draft(seat, List.of(), 0, "I cannot say.", List.of());
  }

  static Challenge replies(String seat, int round, Stance stance, String... claims) {
    List<Reply> replies =
        List.of(claims).stream()
            .map(id -> new Reply(id, stance, ReasonType.RULE, null, "so it is"))
            .toList();
    return new Challenge(seat, round, replies, List.of());
  }

  static FinalBallot keeps(String seat, String... ranking) {
    return new FinalBallot(seat, 1, List.of(ranking), 1, ReasonType.NONE, null, "");
  }

  static FinalBallot flips(String seat, String option, String claim, ReasonType type) {
    return new FinalBallot(seat, 1, List.of(option), 1, type, claim, "");
  }

  /** All seats draft: drafts(frame, "approve", "reject", …), "-" fails, "?" abstains. */
  static DebateState drafted(Frame frame, String... options) {
    DebateState state = DebateState.of(frame);
    for (int i = 0; i < options.length; i++) {
      String seat = frame.panel().get(i).id();
      state =
          switch (options[i]) {
            case "-" -> state.failed(seat, 1);
            case "?" -> state.with(silent(seat));
            default -> state.with(draft(seat, options[i]));
          };
    }
    return state;
  }

  /** Plays on with seats that reply "unsure" to all and keep their blind vote. */
  static Move.Conclude stubborn(DebateState from) {
    return Play.of(Play.STUBBORN).from(from);
  }

  static Findings findings(Move.Conclude end) {
    return Objects.requireNonNull(end.findings(), "something was counted");
  }
}
