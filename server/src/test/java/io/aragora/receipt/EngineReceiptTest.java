package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Outcome;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.platform.crypto.Disclosures;
import io.aragora.receipt.verify.Check;
import io.aragora.receipt.verify.Verifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineReceiptTest {
  @Test
  void whateverTheEngineConcludesCountsAgainToTheSame() {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int seed = 0; seed < 3000; seed++) {
      Decision decision = anyDebate(new Random(seed));
      seen.add(decision.ending().conclusion().outcome());
      assertThat(Verifier.countAgain(statement(decision)))
          .as("seed %d: %s", seed, decision.ending())
          .allMatch(check -> check.state() == Check.State.OK);
    }
    assertThat(seen)
        .contains(
            Outcome.DECIDED,
            Outcome.DECIDED_WITH_DISSENT,
            Outcome.NO_CONSENSUS,
            Outcome.REVIEW,
            Outcome.INSUFFICIENT_QUORUM,
            Outcome.STOPPED_BUDGET,
            Outcome.CANCELLED);
  }

  private static com.fasterxml.jackson.databind.JsonNode statement(Decision decision) {
    var heading =
        new Statement.Heading(
            new io.aragora.kernel.ReceiptId(SampleKeys.ids().next()),
            SampleKeys.ISSUED,
            "Test Appliance",
            "A".repeat(43),
            null);
    byte[] payload =
        Statement.write(decision, heading, new Disclosures(new SampleKeys.Repeatable(1))).payload();
    return io.aragora.platform.json.Json.tree(payload);
  }

  private static SampleDebate anyRules(Random random) {
    List<ConsensusRule> rules = ConsensusRule.all();
    ConsensusRule rule = rules.get(random.nextInt(rules.size()));
    String[] options =
        random.nextInt(3) == 0 ? new String[] {"yes", "no"} : new String[] {"a", "b", "c", "d"};
    boolean isOpen = random.nextInt(4) == 0;
    return (isOpen ? SampleDebate.open(options) : SampleDebate.with(options))
        .by(rule)
        .rounds(random.nextInt(3));
  }

  private static Decision anyDebate(Random random) {
    SampleDebate debate = anyRules(random);
    List<String> options =
        random.nextBoolean() ? List.of("a", "b", "c", "d") : List.of("yes", "no");
    int seats = 2 + random.nextInt(5);
    for (int seat = 1; seat <= seats; seat++) {
      switch (random.nextInt(8)) {
        case 0 -> debate.seat();
        case 1 -> debate.seat("-");
        default -> debate.seat(ranking(options, random));
      }
      switch (random.nextInt(5)) {
        case 0 ->
            debate.persuadedBy("seat-" + (1 + random.nextInt(seats)), ranking(options, random));
        case 1 -> debate.swayed(ranking(options, random));
        default -> {}
      }
    }
    return circumstances(debate, random).decision();
  }

  private static SampleDebate circumstances(SampleDebate debate, Random random) {
    switch (random.nextInt(14)) {
      case 0 -> debate.stopped(Mark.CANCELLED);
      case 1 -> debate.stopped(Mark.OUT_OF_BUDGET);
      case 2 -> debate.stopped(Mark.OUT_OF_TIME);
      case 3 -> debate.irreversible();
      case 4 -> debate.irreversible().attested();
      case 5 -> debate.oneFamily("mistral");
      default -> {}
    }
    return debate;
  }

  private static String[] ranking(List<String> options, Random random) {
    List<String> order = new ArrayList<>(options);
    Collections.shuffle(order, random);
    return order.subList(0, 1 + random.nextInt(order.size())).toArray(String[]::new);
  }
}
