package io.aragora.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.consensus.ConsensusRule.Approval;
import io.aragora.consensus.ConsensusRule.Copeland;
import io.aragora.consensus.ConsensusRule.Supermajority;
import io.aragora.consensus.ConsensusRule.Unanimity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold for every election; ten thousand seeded ones each. */
final class ConsensusPropertyTest {
  private static final int CASES = 10_000;

  private static List<String> names(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  private static Election any(Random random) {
    List<String> options = names("o", 2 + random.nextInt(4));
    List<String> seats = names("s", 2 + random.nextInt(7));
    List<Ballot> ballots = new ArrayList<>();
    for (String seat : seats) {
      List<String> ranking = new ArrayList<>(options);
      Collections.shuffle(ranking, random);
      boolean silent = random.nextInt(8) == 0;
      int ranks = silent ? 0 : 1 + random.nextInt(options.size());
      ballots.add(
          new Ballot(
              seat,
              ranking.subList(0, ranks),
              random.nextInt(ranks + 1),
              100_000 + random.nextInt(2_100_000)));
    }
    return Election.of(options, seats, ballots);
  }

  private static ConsensusRule anyRule(Random random) {
    return ConsensusRule.all().get(random.nextInt(ConsensusRule.all().size()));
  }

  @Test
  void relabellingTheOptionsRelabelsTheWinnerAndNothingElse() {
    var random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      ConsensusRule rule = anyRule(random);
      List<String> shuffled = new ArrayList<>(election.options());
      Collections.shuffle(shuffled, random);
      Map<String, String> rename = new HashMap<>();
      for (int k = 0; k < shuffled.size(); k++) {
        rename.put(election.options().get(k), "x" + shuffled.get(k));
      }
      List<Ballot> renamed =
          election.ballots().stream()
              .map(
                  b ->
                      new Ballot(
                          b.seat(),
                          b.ranking().stream().map(o -> rename.getOrDefault(o, o)).toList(),
                          b.acceptable(),
                          b.weight()))
              .toList();
      List<String> options = new ArrayList<>(rename.values());
      Collections.shuffle(options, random);
      Optional<String> before = rule.decide(election).option().map(o -> rename.getOrDefault(o, o));
      assertThat(rule.decide(Election.of(options, election.seats(), renamed)).option())
          .as("%s on %s", rule, election)
          .isEqualTo(before);
    }
  }

  @Test
  void theOrderOfSeatsDoesNotMatter() {
    var random = new Random(2);
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      ConsensusRule rule = anyRule(random);
      List<String> seats = new ArrayList<>(election.seats());
      Collections.shuffle(seats, random);
      assertThat(rule.decide(Election.of(election.options(), seats, election.ballots())).option())
          .isEqualTo(rule.decide(election).option());
    }
  }

  @Test
  void moreSupportForTheWinnerNeverUnseatsIt() {
    var random = new Random(3);
    int raised = 0;
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      ConsensusRule rule = anyRule(random);
      Optional<String> winner = rule.decide(election).option();
      // A cycle settled by points inside the Smith set is the one known exception to this law.
      boolean cyclic =
          rule instanceof Copeland && rule.decide(election).tally().smithSet().size() > 1;
      if (winner.isEmpty() || cyclic) {
        continue;
      }
      Election better = raise(election, winner.get(), random.nextInt(election.seats().size()));
      assertThat(rule.decide(better).option()).as("%s on %s", rule, election).isEqualTo(winner);
      raised++;
    }
    assertThat(raised).isGreaterThan(CASES / 10);
  }

  private static Election raise(Election election, String winner, int voter) {
    List<Ballot> ballots = new ArrayList<>(election.ballots());
    Ballot old = ballots.get(voter);
    List<String> ranking = new ArrayList<>(old.ranking());
    int at = ranking.indexOf(winner);
    boolean approved = at >= 0 && at < old.acceptable();
    ranking.remove(winner);
    ranking.addFirst(winner);
    ballots.set(
        voter,
        new Ballot(old.seat(), ranking, old.acceptable() + (approved ? 0 : 1), old.weight()));
    // Marking it acceptable keeps what was acceptable before acceptable.
    return Election.of(election.options(), election.seats(), ballots);
  }

  @Test
  void aWinnerByHeadsAlwaysHasItsShareOfAllSeats() {
    var random = new Random(4);
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      int n = election.seats().size();
      for (ConsensusRule rule :
          List.of(new ConsensusRule.Majority(), new Supermajority(2, 3), new Unanimity())) {
        Verdict verdict = rule.decide(election);
        int votes = verdict.option().map(o -> verdict.tally().votesFor(o)).orElse(n);
        int needed =
            switch (rule.name()) {
              case "majority" -> n / 2 + 1;
              case "supermajority" -> (2 * n + 2) / 3;
              default -> n;
            };
        assertThat(votes).as("%s on %s", rule, election).isGreaterThanOrEqualTo(needed);
      }
    }
  }

  @Test
  void addingSilentSeatsNeverMakesAWinner() {
    var random = new Random(5);
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      ConsensusRule rule = anyRule(random);
      List<String> more = new ArrayList<>(election.seats());
      more.add("silent");
      Verdict before = rule.decide(election);
      Verdict after = rule.decide(Election.of(election.options(), more, election.ballots()));
      boolean enough = !(rule instanceof ConsensusRule.Judge) || election.seats().size() >= 3;
      if (after.option().isPresent() && enough) {
        assertThat(before.option()).as("%s on %s", rule, election).isEqualTo(after.option());
      }
    }
  }

  @Test
  void aMirroredElectionIsATieAndHasNoWinner() {
    var random = new Random(6);
    for (int i = 0; i < CASES; i++) {
      List<Ballot> ballots = new ArrayList<>();
      int half = 1 + random.nextInt(4);
      for (int s = 0; s < half; s++) {
        boolean bothOk = random.nextBoolean();
        long weight = 100_000 + random.nextInt(2_000_000);
        ballots.add(new Ballot("l" + s, List.of("a", "b"), bothOk ? 2 : 1, weight));
        ballots.add(new Ballot("r" + s, List.of("b", "a"), bothOk ? 2 : 1, weight));
      }
      List<String> seats = ballots.stream().map(Ballot::seat).toList();
      var election = Election.of(List.of("a", "b"), seats, ballots);
      assertThat(anyRule(random).decide(election).option()).isEmpty();
    }
  }

  @Test
  void aVerdictIsTheSameWhenCountedAgainFromTheWireForm() {
    var random = new Random(7);
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      ConsensusRule rule = anyRule(random);
      var again =
          Election.of(
              List.copyOf(election.options()),
              List.copyOf(election.seats()),
              election.ballots().stream()
                  .map(b -> new Ballot(b.seat(), b.ranking(), b.acceptable(), b.weight()))
                  .toList());
      assertThat(ConsensusRule.parse(rule.wire()).decide(again)).isEqualTo(rule.decide(election));
    }
  }

  @Test
  void aCondorcetWinnerAlwaysWinsUnderCopeland() {
    var random = new Random(8);
    int found = 0;
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      Tally tally = Tally.of(election);
      Optional<String> beatsAll = beatsAll(tally);
      if (beatsAll.isPresent() && tally.cast() >= BlindQuorum.needed(tally.seats())) {
        assertThat(new Copeland().decide(election).option()).isEqualTo(beatsAll);
        found++;
      }
    }
    assertThat(found).isGreaterThan(CASES / 10);
  }

  private static Optional<String> beatsAll(Tally tally) {
    int k = tally.options().size();
    for (int i = 0; i < k; i++) {
      boolean all = true;
      for (int j = 0; j < k; j++) {
        all &= i == j || tally.pairwise().get(i).get(j) > tally.pairwise().get(j).get(i);
      }
      if (all) {
        return Optional.of(tally.options().get(i));
      }
    }
    return Optional.empty();
  }

  @Test
  void theSmithSetIsTheSmallestThatBeatsEveryoneOutside() {
    var random = new Random(9);
    for (int i = 0; i < CASES; i++) {
      Tally tally = Tally.of(any(random));
      int k = tally.options().size();
      int best = (1 << k) - 1;
      for (int set = 1; set < 1 << k; set++) {
        if (dominates(tally, set) && Integer.bitCount(set) < Integer.bitCount(best)) {
          best = set;
        }
      }
      List<String> expected = new ArrayList<>();
      for (int o = 0; o < k; o++) {
        if ((best >> o & 1) == 1) {
          expected.add(tally.options().get(o));
        }
      }
      assertThat(tally.smithSet()).isEqualTo(expected);
    }
  }

  private static boolean dominates(Tally tally, int set) {
    int k = tally.options().size();
    for (int in = 0; in < k; in++) {
      for (int out = 0; out < k; out++) {
        boolean pair = (set >> in & 1) == 1 && (set >> out & 1) == 0;
        if (pair && tally.pairwise().get(in).get(out) <= tally.pairwise().get(out).get(in)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void aRecordedCycleIsACycleOfStrictWins() {
    var random = new Random(10);
    int cycles = 0;
    for (int i = 0; i < CASES; i++) {
      Tally tally = Tally.of(any(random));
      List<String> cycle = tally.cycle();
      for (int c = 0; c < cycle.size(); c++) {
        int winner = tally.options().indexOf(cycle.get(c));
        int loser = tally.options().indexOf(cycle.get((c + 1) % cycle.size()));
        assertThat(tally.pairwise().get(winner).get(loser))
            .isGreaterThan(tally.pairwise().get(loser).get(winner));
      }
      cycles += cycle.isEmpty() ? 0 : 1;
    }
    assertThat(cycles).isGreaterThan(50);
  }

  @Test
  void anApprovalWinnerIsAcceptableToMoreThanHalfOfTheSeats() {
    var random = new Random(11);
    for (int i = 0; i < CASES; i++) {
      Election election = any(random);
      Verdict verdict = new Approval().decide(election);
      verdict
          .option()
          .ifPresent(
              winner -> {
                int at = election.options().indexOf(winner);
                assertThat(2 * verdict.tally().approvals().get(at))
                    .isGreaterThan(election.seats().size());
              });
    }
  }
}
