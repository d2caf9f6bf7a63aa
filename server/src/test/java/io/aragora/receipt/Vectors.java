package io.aragora.receipt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.consensus.ConsensusRule;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Forge.Made;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Receipt files with the exit code every verifier must give them, and why. */
final class Vectors {
  private Vectors() {}

  /** One file. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Vector(String file, int exit, String why, byte[] bytes) {}

  static List<Vector> all() {
    return Stream.of(valid(), partial(), BadEnvelopes.all(), BadMeanings.all(), BadProofs.all())
        .flatMap(List::stream)
        .toList();
  }

  static SampleDebate threeToOne() {
    return SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("yes").seat("no");
  }

  static List<Vector> valid() {
    var vectors = new ArrayList<Vector>();
    debates()
        .forEach(
            (name, debate) ->
                vectors.add(
                    new Vector(
                        "valid-" + name + ".json",
                        0,
                        "a complete receipt: " + name.replace('-', ' '),
                        Json.bytes(Forge.bundle(Forge.make(debate))))));
    return vectors;
  }

  private static Map<String, SampleDebate> debates() {
    var all = new LinkedHashMap<String, SampleDebate>();
    all.put("unanimous", SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("yes"));
    all.put("dissent", threeToOne());
    all.put("tie", SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("no").seat("no"));
    all.put("cycle", abc().seat("a", "b", "c").seat("b", "c", "a").seat("c", "a", "b").rounds(0));
    all.put("condorcet", abc().seat("a", "b", "c").seat("b", "a", "c").seat("b", "c", "a"));
    all.put("abstentions", SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("-"));
    all.put("failed-seat", SampleDebate.with("yes", "no").seat("yes").seat("yes").seat());
    all.put("no-quorum", SampleDebate.with("yes", "no").seat("yes").seat().seat());
    all.put("stopped-budget", threeToOne().stopped(Mark.OUT_OF_BUDGET));
    all.put("cancelled", threeToOne().stopped(Mark.CANCELLED));
    all.put(
        "unicode",
        threeToOne().saying("\u00bfL\u00e4uft's? \u4f60\u597d \ud83d\ude80 \u05d0 \"<b>\" \\"));
    all.put("review-one-family", threeToOne().oneFamily("mistral"));
    all.put("review-not-attested", threeToOne().irreversible());
    all.put("human-attested", threeToOne().irreversible().attested());
    all.put("swayed-without-reason", threeToOne().swayed("yes"));
    all.put("persuaded", threeToOne().persuadedBy("seat-1", "yes"));
    all.put("supermajority", threeToOne().by(new ConsensusRule.Supermajority(2, 3)));
    all.put("unanimity-missed", threeToOne().by(new ConsensusRule.Unanimity()));
    all.put("open-question", SampleDebate.open("a", "b").seat("a").seat("a").seat("b").seat("a"));
    all.put("judges", threeToOne().by(new ConsensusRule.Judge(3)));
    all.put("rehearsal", threeToOne().rehearsed());
    return all;
  }

  private static SampleDebate abc() {
    return SampleDebate.with("a", "b", "c").by(new ConsensusRule.Copeland());
  }

  /** Nothing is wrong with these, but something a reader may want is not there. */
  private static List<Vector> partial() {
    Made made = Forge.make(threeToOne());
    ObjectNode bundle = Forge.bundle(made);
    ObjectNode redacted = bundle.deepCopy();
    ((ArrayNode) redacted.get("disclosures")).remove(0);
    ObjectNode wordless = bundle.deepCopy();
    wordless.remove("disclosures");
    ObjectNode unlogged = bundle.deepCopy();
    unlogged.set("log_proof", Commitments.absent("no checkpoint covers this receipt yet"));
    ObjectNode plain = bundle.deepCopy();
    plain.retain("bundle", "envelope", "disclosures", "log_proof");
    return List.of(
        new Vector("plain-bundle.json", 0, "only the needed parts", Json.bytes(plain)),
        new Vector("redacted-one.json", 5, "one text withheld", Json.bytes(redacted)),
        new Vector("redacted-all.json", 5, "all texts withheld", Json.bytes(wordless)),
        new Vector("unlogged.json", 4, "no proof from the log", Json.bytes(unlogged)),
        new Vector("envelope.json", 4, "a bare envelope", Forge.envelope(made)),
        new Vector("twin.jws", 4, "a bare JWS", bundle.get("jws").asText().getBytes(US_ASCII)),
        new Vector(
            "stranger.json",
            3,
            "sound, but signed by a key nobody trusts",
            Json.bytes(Forge.bundle(made, Forge.STRANGER))));
  }

  private static final java.nio.charset.Charset US_ASCII =
      java.nio.charset.StandardCharsets.US_ASCII;
}
