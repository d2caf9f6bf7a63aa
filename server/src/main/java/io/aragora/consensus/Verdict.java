package io.aragora.consensus;

import java.util.List;
import java.util.Optional;

/** What a rule makes of the ballots: one option won, several are level, or none reached the bar. */
public sealed interface Verdict {
  Tally tally();

  /** The option that won, where one did. */
  default Optional<String> option() {
    return switch (this) {
      case Won won -> Optional.of(won.winner());
      case Tied _, Short _ -> Optional.empty();
    };
  }

  /** One option, alone, met the rule. */
  record Won(String winner, Tally tally) implements Verdict {
    public Won {
      if (!tally.options().contains(winner)) {
        throw new IllegalArgumentException("what is no option cannot win: " + winner);
      }
    }
  }

  /** Several options are level at the top; a tie never goes to the first. */
  record Tied(List<String> leaders, Tally tally) implements Verdict {
    public Tied {
      leaders = List.copyOf(leaders);
      if (leaders.size() < 2) {
        throw new IllegalArgumentException("a tie needs two options: " + leaders);
      }
    }
  }

  /** No option reached what the rule asks for. */
  record Short(Tally tally) implements Verdict {}
}
