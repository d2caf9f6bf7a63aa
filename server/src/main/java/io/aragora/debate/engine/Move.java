package io.aragora.debate.engine;

import io.aragora.consensus.Conclusion;
import io.aragora.consensus.Findings;
import io.aragora.debate.engine.Contribution.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine asks for next. Rounds count every pass: the drafts are round 1. */
public sealed interface Move {

  /** Ask these seats for a draft; none of them sees another's. */
  record Draft(int round, List<String> seats) implements Move {
    public Draft {
      seats = List.copyOf(seats);
    }
  }

  /** Show each reader the claims that are new to it, and ask for a reply to each. */
  record Challenge(int round, List<Reading> readings) implements Move {
    public Challenge {
      readings = List.copyOf(readings);
    }
  }

  /** What one seat is shown in a challenge: claims without authors, in its own order. */
  record Reading(String seat, List<Claim> claims) {
    public Reading {
      claims = List.copyOf(claims);
    }
  }

  /** Ask each voter for a final ballot. */
  record Ballot(int round, List<Sheet> sheets) implements Move {
    public Ballot {
      sheets = List.copyOf(sheets);
    }
  }

  /**
   * One voter's sheet: the options it may rank and the distinct drafts it is shown (by their seat,
   * to be anonymised in print), both in its own order.
   */
  record Sheet(String voter, int pass, List<String> options, List<String> drafts) {
    public Sheet {
      options = List.copyOf(options);
      drafts = List.copyOf(drafts);
    }
  }

  /** The votes are counted: ask the editor for a synthesis and the dissenters for their words. */
  record Decide(Conclusion conclusion, Findings findings) implements Move {}

  /** The debate is over; findings are null where there was nothing to count. */
  record Conclude(Conclusion conclusion, @Nullable Findings findings) implements Move {}
}
