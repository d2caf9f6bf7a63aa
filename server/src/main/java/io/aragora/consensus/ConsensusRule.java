package io.aragora.consensus;

import java.util.ArrayList;
import java.util.List;

/**
 * How ballots decide, in whole numbers; the denominator is always the seats, and a tie is a tie.
 */
public sealed interface ConsensusRule {

  /** More than half of the seats. */
  record Majority() implements ConsensusRule {}

  /** At least an exact share of the seats, over one half. */
  record Supermajority(Fraction theta) implements ConsensusRule {
    public static final Fraction TWO_THIRDS = new Fraction(2, 3);

    public Supermajority {
      requireOverHalf(theta);
    }

    public Supermajority(int num, int den) {
      this(new Fraction(num, den));
    }
  }

  /** Every seat, by heads. */
  record Unanimity() implements ConsensusRule {}

  /** A lead of at least {@code margin} seats over the next option. */
  record Plurality(int margin) implements ConsensusRule {
    public Plurality {
      if (margin < 1) {
        throw new IllegalArgumentException("the margin must be at least 1: " + margin);
      }
    }
  }

  /** At least an exact share of all weight, over one half, from at least two seats. */
  record Weighted(Fraction theta) implements ConsensusRule {
    public Weighted {
      requireOverHalf(theta);
    }
  }

  /** The option that beats every other in pairs; in a cycle, Borda inside the Smith set. */
  record Copeland() implements ConsensusRule {}

  /** Most points: a first rank among K options is worth K, the last 1. */
  record Borda() implements ConsensusRule {}

  /** Most seats marked it acceptable, and more than half of all did. */
  record Approval() implements ConsensusRule {}

  /** More than half of at least {@code judges} judges, who each saw both orders. */
  record Judge(int judges) implements ConsensusRule {
    public Judge {
      if (judges < 3) {
        throw new IllegalArgumentException("a judge panel needs three judges: " + judges);
      }
    }
  }

  /** The rule where nobody chose one; {@code options} is 0 for an open question. */
  static ConsensusRule standard(int options, Stakes stakes) {
    return switch (stakes) {
      case IRREVERSIBLE -> new Unanimity();
      case REVERSIBLE ->
          options >= 3 ? new Copeland() : new Supermajority(Supermajority.TWO_THIRDS);
    };
  }

  default Verdict decide(Election election) {
    Tally tally = Tally.of(election);
    int n = tally.seats();
    return switch (this) {
      case Majority() -> atLeast(n / 2 + 1, tally);
      case Supermajority(Fraction theta) -> atLeast(theta.ceilOf(n), tally);
      case Unanimity() -> atLeast(n, tally);
      case Plurality(int margin) -> Counted.plurality(margin, tally);
      case Weighted(Fraction theta) -> Counted.weighted(theta, tally);
      case Copeland() -> Counted.copeland(election, tally);
      case Borda() -> Counted.borda(tally);
      case Approval() -> Counted.approval(tally);
      case Judge(int judges) -> n < judges ? new Verdict.Short(tally) : atLeast(n / 2 + 1, tally);
    };
  }

  /** One word, as receipts name the rule. */
  default String name() {
    return switch (this) {
      case Majority() -> "majority";
      case Supermajority(_) -> "supermajority";
      case Unanimity() -> "unanimity";
      case Plurality(_) -> "plurality";
      case Weighted(_) -> "weighted";
      case Copeland() -> "copeland";
      case Borda() -> "borda";
      case Approval() -> "approval";
      case Judge(_) -> "judge";
    };
  }

  /** The rule's one number: an exact fraction, a margin, a count of judges, or empty. */
  default String parameter() {
    return switch (this) {
      case Supermajority(Fraction theta) -> theta.toString();
      case Weighted(Fraction theta) -> theta.toString();
      case Plurality(int margin) -> Integer.toString(margin);
      case Judge(int judges) -> Integer.toString(judges);
      case Majority(), Unanimity(), Copeland(), Borda(), Approval() -> "";
    };
  }

  /** Name and parameter in one text that {@link #parse(String)} reads: {@code plurality(2)}. */
  default String wire() {
    return parameter().isEmpty() ? name() : name() + "(" + parameter() + ")";
  }

  static ConsensusRule parse(String wire) {
    int open = wire.indexOf('(');
    if (open < 0) {
      return parse(wire, "");
    }
    if (!wire.endsWith(")") || wire.length() == open + 2) {
      throw new IllegalArgumentException("not a rule such as supermajority(2/3): " + wire);
    }
    return parse(wire.substring(0, open), wire.substring(open + 1, wire.length() - 1));
  }

  /** Reads name and parameter; an empty parameter takes the rule's default. */
  static ConsensusRule parse(String name, String parameter) {
    return switch (name) {
      case "majority" -> bare(new Majority(), parameter);
      case "unanimity" -> bare(new Unanimity(), parameter);
      case "copeland" -> bare(new Copeland(), parameter);
      case "borda" -> bare(new Borda(), parameter);
      case "approval" -> bare(new Approval(), parameter);
      case "supermajority" -> new Supermajority(share(parameter));
      case "weighted" -> new Weighted(share(parameter));
      case "plurality" -> new Plurality(whole(parameter, 2));
      case "judge" -> new Judge(whole(parameter, 3));
      default -> throw new IllegalArgumentException("no such rule: " + name);
    };
  }

  /** One rule of each kind with its default parameter, for documentation and checks. */
  static List<ConsensusRule> all() {
    return List.of(
        new Majority(),
        new Supermajority(2, 3),
        new Unanimity(),
        new Plurality(2),
        new Weighted(Supermajority.TWO_THIRDS),
        new Copeland(),
        new Borda(),
        new Approval(),
        new Judge(3));
  }

  private static ConsensusRule bare(ConsensusRule rule, String parameter) {
    if (!parameter.isEmpty()) {
      throw new IllegalArgumentException(rule.name() + " takes no parameter: " + parameter);
    }
    return rule;
  }

  private static Fraction share(String parameter) {
    return parameter.isEmpty() ? Supermajority.TWO_THIRDS : Fraction.parse(parameter);
  }

  private static int whole(String parameter, int otherwise) {
    try {
      return parameter.isEmpty() ? otherwise : Integer.parseInt(parameter);
    } catch (NumberFormatException bad) {
      throw new IllegalArgumentException("not a whole number: " + parameter, bad);
    }
  }

  private static void requireOverHalf(Fraction theta) {
    if (!theta.isOverHalf()) {
      throw new IllegalArgumentException("the share must be over one half: " + theta);
    }
  }

  private static Verdict atLeast(int needed, Tally tally) {
    List<String> reached = new ArrayList<>(1);
    for (int k = 0; k < tally.options().size(); k++) {
      if (tally.votes().get(k) >= needed) {
        reached.add(tally.options().get(k));
      }
    }
    // Over half of the seats cannot back two options, so this list never holds two.
    return reached.isEmpty()
        ? new Verdict.Short(tally)
        : new Verdict.Won(reached.getFirst(), tally);
  }
}
