package io.aragora.receipt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Forge.Made;
import io.aragora.receipt.Vectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Receipts with a perfect signature under a lie. */
final class BadMeanings {
  private final List<Vector> vectors = new ArrayList<>();

  private BadMeanings() {}

  static List<Vector> all() {
    var bad = new BadMeanings();
    bad.counts();
    bad.ballots();
    bad.seats();
    bad.outcomes();
    bad.thresholds();
    bad.talk();
    bad.figures();
    bad.terms();
    bad.shapes();
    return bad.vectors;
  }

  private void counts() {
    Made made = Forge.make(Vectors.threeToOne());
    lie("tally-votes", "the tally is not the ballots'", made, p -> set(p, "/tally/votes", 0, 4));
    lie("tally-cast", "more ballots than were cast", made, p -> object(p, "/tally").put("cast", 5));
    lie("tally-seats", "fewer seats than sat", made, p -> object(p, "/tally").put("seats", 3));
    lie(
        "tally-withheld",
        "ballots counted, tally withheld",
        made,
        p -> p.set("tally", Commitments.absent("x")));
    lie(
        "verdict-other",
        "the verdict is the losing option",
        made,
        p -> object(p, "/outcome").put("verdict", "no"));
    lie(
        "ballot-turned",
        "a ballot was rewritten",
        made,
        p -> set(p, "/ballots/3/ranking", 0, "yes"));
  }

  private void ballots() {
    Made made = Forge.make(Vectors.threeToOne());
    lie(
        "ballot-dropped",
        "a ballot was dropped",
        made,
        p -> ((ArrayNode) p.get("ballots")).remove(3));
    lie(
        "ballot-unknown-option",
        "a vote for what is no option",
        made,
        p -> set(p, "/ballots/3/ranking", 0, "maybe"));
    lie(
        "ballot-stranger",
        "a ballot from no seat",
        made,
        p -> object(p, "/ballots/0").put("seat", "seat-9"));
    lie(
        "ballot-twice",
        "one seat votes twice",
        made,
        p -> ((ArrayNode) p.get("ballots")).add(p.at("/ballots/0").deepCopy()));
    lie(
        "ballot-weight",
        "a ballot outweighs its seat",
        made,
        p -> object(p, "/ballots/0").put("weight", "3"));
  }

  private void seats() {
    Made made = Forge.make(Vectors.threeToOne());
    lie(
        "ballot-uncounted",
        "a valid ballot was not counted",
        made,
        p -> object(p, "/ballots/7").put("counted", false));
    lie(
        "ballot-abstains-and-ranks",
        "a ballot both ranks and abstains",
        made,
        p -> object(p, "/ballots/0").put("abstain", true));
    lie(
        "seat-twice",
        "one seat sits twice",
        made,
        p -> ((ArrayNode) p.get("panel")).add(p.at("/panel/0").deepCopy()));
    Made open = Forge.make(SampleDebate.open("a", "b").seat("a").seat("a").seat("b").seat("a"));
    lie("self-vote", "a seat is counted for its own draft", open, BadMeanings::selfVote);
  }

  private void outcomes() {
    Made made = Forge.make(Vectors.threeToOne());
    lie(
        "dissent-dropped",
        "a losing seat's dissent is missing",
        made,
        p -> ((ArrayNode) p.get("dissent")).removeAll());
    lie(
        "dissent-invented",
        "a winning seat is named as dissenting",
        made,
        p -> object(p, "/dissent/0").put("seat", "seat-1"));
    lie(
        "dissent-denied",
        "decided, but one dissents",
        made,
        p -> object(p, "/outcome").put("code", "DECIDED"));
    lie("decided-as-tie", "an option won, the outcome says none did", made, BadMeanings::undecided);
    Made tie =
        Forge.make(SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("no").seat("no"));
    lie("tie-as-decided", "a tie passed off as a majority", tie, p -> decide(p, "yes"));
  }

  private void thresholds() {
    Made made = Forge.make(Vectors.threeToOne());
    Made thin = Forge.make(SampleDebate.with("yes", "no").seat("yes").seat().seat());
    lie("below-quorum", "decided by one blind ballot of three", thin, p -> decide(p, "yes"));
    Made review = Forge.make(Vectors.threeToOne().oneFamily("mistral"));
    lie("review-as-decided", "low independence, yet decided", review, p -> decide(p, "yes"));
    lie(
        "doubt-hidden",
        "a review without its doubt",
        review,
        p -> array(p, "/integrity_signals/doubts").removeAll());
    Made irreversible = Forge.make(Vectors.threeToOne().irreversible());
    lie("not-attested", "irreversible, no human, yet decided", irreversible, p -> decide(p, "yes"));
    lie(
        "no-quorum-denied",
        "the quorum was met, the outcome denies it",
        made,
        p -> {
          undecided(p);
          object(p, "/outcome").put("code", "INSUFFICIENT_QUORUM");
        });
    lie(
        "stopped-with-verdict",
        "stopped, yet with a verdict",
        made,
        p -> object(p, "/outcome").put("code", "STOPPED_BUDGET"));
  }

  private void talk() {
    Made swayed = Forge.make(Vectors.threeToOne().swayed("yes"));
    lie(
        "flip-unreasoned-counted",
        "a flip without reason counts as supported",
        swayed,
        p -> object(p, "/integrity_signals/flips/0").put("supported", true));
    lie(
        "flip-hidden",
        "a flip is not listed",
        swayed,
        p -> array(p, "/integrity_signals/flips").removeAll());
    lie(
        "flips-fewer",
        "the number of unsupported flips is another",
        swayed,
        p -> object(p, "/integrity_signals").put("unsupported_flips", 0));
    lie("signal-h2", "h2 is denied", swayed, p -> object(p, "/integrity_signals").put("h2", false));
    lie(
        "hollow-denied",
        "h2 and h5 are raised, hollow is denied",
        swayed,
        p ->
            object(p, "/integrity_signals")
                .put("hollow", !p.at("/integrity_signals/hollow").asBoolean()));
  }

  private void figures() {
    Made made = Forge.make(Vectors.threeToOne());
    lie(
        "spent-over-held",
        "more spent than held",
        made,
        p -> object(p, "/cost").put("spent_micro", 60_001));
    lie(
        "held-over-cap",
        "more held than the cap",
        made,
        p -> object(p, "/cost").put("held_micro", 1_000_001));
    lie(
        "confidence-raised",
        "more confidence than the votes give",
        made,
        p -> object(p, "/outcome/confidence").put("value", "0.9999"));
    lie(
        "confidence-floor",
        "a higher lower bound",
        made,
        p -> object(p, "/outcome/confidence").put("lower_5pct", "0.9"));
  }

  private void terms() {
    Made made = Forge.make(Vectors.threeToOne());
    lie(
        "independence-raised",
        "more independence than the families give",
        made,
        p -> object(p, "/independence").put("n_eff", "4.0000"));
    lie(
        "families-invented",
        "a family that did not sit",
        made,
        p -> array(p, "/independence/families").add("zeta"));
    lie(
        "quorum-lowered",
        "a lower quorum than the protocol's",
        made,
        p -> {
          object(p, "/rule").put("quorum", 1);
          rehash(p);
        });
    lie(
        "rule-hash",
        "the rule is not the hashed one",
        made,
        p -> object(p, "/rule").put("max_rounds", 2));
    lie(
        "rule-other",
        "another rule than was fixed",
        made,
        p -> {
          object(p, "/rule").put("name", "unanimity");
          rehash(p);
        });
  }

  private void shapes() {
    Made made = Forge.make(Vectors.threeToOne());
    lie("block-missing", "no cost block", made, p -> p.remove("cost"));
    lie("block-extra", "an unknown block", made, p -> p.put("note", "trust me"));
    lie(
        "decimal-as-word",
        "a weight that is no number",
        made,
        p -> object(p, "/panel/0").put("weight", "much"));
    lie(
        "time-impossible",
        "issued in a 13th month",
        made,
        p -> object(p, "/receipt").put("issued_at", "2026-13-20T10:05:00.123Z"));
    lie(
        "code-unknown",
        "an outcome that does not exist",
        made,
        p -> object(p, "/outcome").put("code", "APPROVED"));
    lie(
        "verdict-null",
        "a verdict that is null",
        made,
        p -> object(p, "/outcome").putNull("verdict"));
  }

  private void lie(String name, String why, Made made, Consumer<ObjectNode> tampering) {
    ObjectNode bundle = Forge.bundle(made.tampered(tampering));
    bundle.retain("bundle", "envelope", "disclosures", "log_proof");
    vectors.add(new Vector("meaning-" + name + ".json", 1, why, Json.bytes(bundle)));
  }

  private static void decide(ObjectNode predicate, String option) {
    ObjectNode outcome = object(predicate, "/outcome");
    outcome.put("code", "DECIDED_WITH_DISSENT").put("verdict", option);
    outcome.set(
        "confidence",
        Json.object()
            .put("value", "0.6")
            .put("lower_5pct", "0.3")
            .put("method", "beta-posterior-neff")
            .put("calibration", "measured"));
    array(predicate, "/integrity_signals/doubts").removeAll();
  }

  private static void undecided(ObjectNode predicate) {
    ObjectNode outcome = object(predicate, "/outcome");
    outcome.put("code", "NO_CONSENSUS").set("verdict", Commitments.absent("no option won"));
    outcome.set("confidence", Commitments.absent("none"));
    array(predicate, "/dissent").removeAll();
  }

  private static void selfVote(ObjectNode predicate) {
    for (var ballot : predicate.get("ballots")) {
      boolean isAuthor = ballot.path("seat").asText().equals("seat-3");
      if (isAuthor) {
        ((ObjectNode) ballot).put("counted", ballot.path("phase").asText().equals("blind"));
      }
    }
    object(predicate, "/panel/2").put("own_draft", "b");
  }

  private static void rehash(ObjectNode predicate) {
    ObjectNode rule = object(predicate, "/rule");
    rule.remove("rules_sha256");
    rule.put("rules_sha256", Sha256.of(CanonicalJson.bytes(rule)).hex());
  }

  private static ObjectNode object(ObjectNode from, String pointer) {
    return (ObjectNode) from.at(pointer);
  }

  private static ArrayNode array(ObjectNode from, String pointer) {
    return (ArrayNode) from.at(pointer);
  }

  private static void set(ObjectNode from, String pointer, int at, Object value) {
    array(from, pointer).set(at, Json.toTree(value));
  }
}
