package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.consensus.Ballot;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Election;
import io.aragora.consensus.Verdict;
import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.Check.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The elections of a receipt, held again from its ballots; schema-valid input only. */
final class Recount {
  private static final String JUDGE = "judge";

  private final JsonNode predicate;
  private final List<String> options = new ArrayList<>();
  private final Map<String, Long> panelists = new LinkedHashMap<>();
  private final Map<String, Long> voters = new LinkedHashMap<>();
  private final Map<String, String> ownDrafts = new LinkedHashMap<>();
  private final Map<String, Ballot> blind = new LinkedHashMap<>();
  private final Map<String, Ballot> spoken = new LinkedHashMap<>();
  private final Map<String, Ballot> counted = new LinkedHashMap<>();

  Recount(JsonNode predicate) {
    this.predicate = predicate;
    predicate.path("options").forEach(option -> options.add(option.path("id").asText()));
    predicate.path("panel").forEach(this::seat);
    predicate.path("ballots").forEach(this::ballot);
  }

  /** Whether tally and verdict follow from the ballots and the rule. */
  static Check check(JsonNode predicate) {
    var recount = new Recount(predicate);
    JsonNode tally = predicate.path("tally");
    if (tally.has("status")) {
      return recount.counted.isEmpty()
          ? Check.ok(Step.RETALLY, "nothing was counted, and nothing is claimed")
          : Check.failed(Step.RETALLY, "ballots were counted but the tally is withheld");
    }
    Verdict again = recount.verdict();
    if (!Json.tree(Json.bytes(again.tally())).equals(tally)) {
      return Check.failed(Step.RETALLY, "the tally is not what the ballots add up to");
    }
    Optional<String> claimed = recount.claimed();
    if (claimed.isPresent() && !claimed.equals(again.option())) {
      return Check.failed(
          Step.RETALLY,
          "the verdict is "
              + claimed.get()
              + ", but the rule gives "
              + again.option().orElse("none"));
    }
    return Check.ok(
        Step.RETALLY,
        recount.rule().wire() + " over " + recount.voters.size() + " seats gives the same result");
  }

  ConsensusRule rule() {
    JsonNode theta = predicate.at("/rule/theta");
    return ConsensusRule.parse(
        predicate.at("/rule/name").asText(), theta.isTextual() ? theta.textValue() : "");
  }

  Verdict verdict() {
    return rule().decide(countedElection());
  }

  /** The verdict the receipt states. */
  Optional<String> claimed() {
    JsonNode verdict = predicate.at("/outcome/verdict");
    return verdict.isTextual() ? Optional.of(verdict.textValue()) : Optional.empty();
  }

  Election blindElection() {
    return Election.of(options, panelistIds(), all(panelists, blind));
  }

  Election spokenElection() {
    return new Election(options, panelistIds(), all(panelists, spoken), ownDrafts);
  }

  Election countedElection() {
    return new Election(options, List.copyOf(voters.keySet()), all(voters, counted), ownDrafts);
  }

  boolean isByJudges() {
    return rule() instanceof ConsensusRule.Judge;
  }

  List<String> panelistIds() {
    return List.copyOf(panelists.keySet());
  }

  Map<String, Ballot> blind() {
    return blind;
  }

  Map<String, Ballot> spoken() {
    return spoken;
  }

  Map<String, Ballot> counted() {
    return counted;
  }

  Map<String, String> ownDrafts() {
    return ownDrafts;
  }

  private void seat(JsonNode seat) {
    String id = seat.path("seat").asText();
    long weight = micro(seat.path("weight"));
    boolean isVoter = seat.path("votes").asBoolean();
    boolean isJudge = isByJudges() && seat.path("role_lens").asText().equals(JUDGE);
    boolean isTwice = isVoter && voters.put(id, weight) != null;
    if (!isJudge) {
      isTwice |= panelists.put(id, weight) != null;
    }
    if (isTwice) {
      throw new IllegalArgumentException("the same seat twice: " + id);
    }
    if (seat.path("own_draft").isTextual()) {
      ownDrafts.put(id, seat.path("own_draft").textValue());
    }
  }

  private void ballot(JsonNode node) {
    Ballot ballot = read(node);
    Map<String, Ballot> phase = node.path("phase").asText().equals("blind") ? blind : spoken;
    boolean isCounted = node.path("counted").asBoolean();
    // A judge sees both orders, so it casts two ballots; of anyone else a second is one too many.
    if (phase.put(ballot.seat(), ballot) != null && !isByJudges()) {
      throw new IllegalArgumentException("seat " + ballot.seat() + " voted twice in one phase");
    }
    if (isCounted && counted.put(ballot.seat(), countable(ballot)) != null) {
      throw new IllegalArgumentException("seat " + ballot.seat() + " is counted twice");
    }
  }

  private Ballot read(JsonNode node) {
    String seat = node.path("seat").asText();
    var ranking = new ArrayList<String>();
    node.path("ranking").forEach(option -> ranking.add(option.asText()));
    long weight = micro(node.path("weight"));
    Long due = panelists.getOrDefault(seat, voters.get(seat));
    if (due == null || due != weight) {
      throw new IllegalArgumentException(
          "the ballot of " + seat + " has another weight than its seat");
    }
    if (ranking.isEmpty() != node.path("abstain").asBoolean()) {
      throw new IllegalArgumentException("seat " + seat + " both ranks and abstains, or neither");
    }
    return new Ballot(seat, ranking, node.path("acceptable").asInt(), weight);
  }

  /** A judge names one option; of the others the ranking counts. */
  private Ballot countable(Ballot ballot) {
    return isByJudges() && !ballot.isAbstention() && !panelists.containsKey(ballot.seat())
        ? Ballot.of(ballot.seat(), ballot.ranking().getFirst())
        : ballot;
  }

  private static List<Ballot> all(Map<String, Long> seats, Map<String, Ballot> cast) {
    var ballots = new ArrayList<Ballot>();
    for (Map.Entry<String, Long> seat : seats.entrySet()) {
      Ballot silent = Ballot.abstain(seat.getKey()).weighing(seat.getValue());
      ballots.add(cast.getOrDefault(seat.getKey(), silent));
    }
    for (String seat : cast.keySet()) {
      if (!seats.containsKey(seat)) {
        throw new IllegalArgumentException("a ballot from no seat of this election: " + seat);
      }
    }
    return ballots;
  }

  private static long micro(JsonNode decimal) {
    return new BigDecimal(decimal.asText()).movePointRight(6).longValueExact();
  }
}
