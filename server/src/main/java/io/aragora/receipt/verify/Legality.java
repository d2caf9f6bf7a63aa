package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.consensus.BlindQuorum;
import io.aragora.consensus.Calibration;
import io.aragora.consensus.Confidence;
import io.aragora.consensus.Independence;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.Tally;
import io.aragora.consensus.Verdict;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.receipt.verify.Check.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Whether the outcome is one the protocol allows for these ballots, this panel and this money. */
final class Legality {
  private final JsonNode predicate;
  private final Recount recount;
  private final Outcome outcome;
  private final List<String> faults = new ArrayList<>();

  private Legality(JsonNode predicate) {
    this.predicate = predicate;
    this.recount = new Recount(predicate);
    this.outcome = Outcome.valueOf(predicate.at("/outcome/code").asText());
  }

  static Check check(JsonNode predicate) {
    var legality = new Legality(predicate);
    legality.money();
    legality.rule();
    legality.independence();
    legality.outcome();
    if (legality.isVoteOver()) {
      legality.faults.addAll(new TalkCheck(predicate, legality.recount).faults());
    }
    return legality.faults.isEmpty()
        ? Check.ok(Step.OUTCOME, legality.outcome + " is what the protocol makes of these ballots")
        : Check.failed(Step.OUTCOME, legality.faults.getFirst());
  }

  private void money() {
    JsonNode cost = predicate.path("cost");
    demand(
        cost.path("spent_micro").asLong() <= cost.path("held_micro").asLong(),
        "more was spent than was held");
    demand(
        cost.path("held_micro").asLong() <= cost.path("cap_micro").asLong(),
        "more was held than the cap allows");
  }

  private void rule() {
    ObjectNode rule = predicate.path("rule").deepCopy();
    String hash = rule.remove("rules_sha256").asText();
    demand(
        Sha256.of(CanonicalJson.bytes(rule)).hex().equals(hash),
        "rules_sha256 is not the hash of the rule");
    demand(
        rule.path("quorum").asInt() == BlindQuorum.needed(recount.panelistIds().size()),
        "the quorum is not the one for a panel of this size");
  }

  private void independence() {
    Independence stated = Panel.independence(predicate);
    if (stated.source().equals("prior")) {
      demand(
          stated.equals(Independence.of(Panel.seats(predicate, recount.panelistIds()))),
          "independence is not what this panel's families give");
    }
    demand(
        stated.seats() == recount.panelistIds().size(),
        "independence is stated for another number of seats");
  }

  private void outcome() {
    boolean hasVerdict = recount.claimed().isPresent();
    JsonNode confidence = predicate.at("/outcome/confidence");
    demand(
        hasVerdict == (outcome.isDecision() || outcome == Outcome.REVIEW),
        outcome + (hasVerdict ? " has no verdict" : " needs a verdict"));
    demand(
        confidence.has("value") == outcome.isDecision(),
        "confidence is given where a verdict stands, and only there");
    if (isVoteOver() && !predicate.path("tally").has("status")) {
      demand(
          recount.verdict() instanceof Verdict.Won == hasVerdict,
          "an option won, but the outcome says " + outcome);
    }
    boolean isQuorate =
        BlindQuorum.isMet(recount.panelistIds(), List.copyOf(recount.blind().values()));
    demand(!isVoteOver() || isQuorate, outcome + " without a quorum of blind ballots");
    demand(
        outcome != Outcome.INSUFFICIENT_QUORUM || !isQuorate,
        "the quorum was met, but the outcome says it was not");
    if (hasVerdict && faults.isEmpty()) {
      verdict(recount.claimed().orElseThrow(), confidence);
    }
  }

  private void verdict(String won, JsonNode confidence) {
    demand(!predicate.path("tally").has("status"), "a verdict needs a tally");
    var dissenters = new TreeSet<>(dissenters(won));
    var named = new TreeSet<String>();
    predicate.path("dissent").forEach(each -> named.add(each.path("seat").asText()));
    demand(
        named.equals(dissenters), "dissent is recorded for " + named + ", not for " + dissenters);
    if (outcome.isDecision()) {
      demand(
          dissenters.isEmpty() == (outcome == Outcome.DECIDED),
          outcome + " does not fit the dissent");
      confidence(won, confidence);
    }
  }

  /** Seats whose counted vote lost, and seats that could only stay with their own losing draft. */
  private List<String> dissenters(String won) {
    return recount.countedElection().ballots().stream()
        .filter(
            ballot ->
                ballot
                    .first()
                    .or(() -> Optional.ofNullable(recount.ownDrafts().get(ballot.seat())))
                    .filter(option -> !option.equals(won))
                    .isPresent())
        .map(ballot -> ballot.seat())
        .toList();
  }

  private void confidence(String won, JsonNode stated) {
    if (!stated.path("calibration").asText().equals("uncalibrated")) {
      return;
    }
    int support = Tally.of(recount.blindElection()).votesFor(won);
    Confidence again = Confidence.of(Panel.independence(predicate), support, Calibration.NONE);
    demand(
        again.value().toString().equals(stated.path("value").asText())
            && again.lower5pct().toString().equals(stated.path("lower_5pct").asText())
            && again.method().equals(stated.path("method").asText()),
        "confidence is not what blind support and independence give");
  }

  /** Whether the votes were counted to an end, rather than cut short. */
  private boolean isVoteOver() {
    return outcome.isDecision() || outcome == Outcome.REVIEW || outcome == Outcome.NO_CONSENSUS;
  }

  private void demand(boolean isMet, String otherwise) {
    if (!isMet) {
      faults.add(otherwise);
    }
  }
}
