package io.aragora.provider.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import io.aragora.provider.rehearsal.Material.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One seat of the built-in panel: reads the material of a move and writes its answer, from quoted
 * sentences only. The same material, stance and seed give the same answer, letter for letter.
 */
public final class Rehearsal {
  private static final int MOST_CLAIMS = 3;
  private static final int MOST_CANDIDATES = 8;

  private final Material material;
  private final Stance stance;
  private final long seed;

  public Rehearsal(String material, Stance usual, long seed) {
    this.material = Material.of(material);
    this.stance = Stance.of(this.material.lens(), usual);
    this.seed = seed;
  }

  /** A choice with the sentences that speak for it, before anything of the others was seen. */
  public String draft() {
    Opinion opinion = opinion(options());
    List<String> ranking = opinion.ranking();
    String best = ranking.getFirst();
    ObjectNode answer = Json.object().put("option", best);
    answer.set("ranking", Json.toTree(material.options().isEmpty() ? List.of(best) : ranking));
    ArrayNode claims = answer.putArray("claims");
    opinion.speakingFor(best, material.sentences()).stream()
        .limit(MOST_CLAIMS)
        .forEach(weighed -> claim(claims.addObject(), weighed.sentence()));
    answer.put("confidence", opinion.confidence());
    return answer.put("would_change_my_mind", doubt(opinion, best)).toString();
  }

  /** A reply to each claim: quotes that are not there and claims that can be answered fall. */
  public String challenge() {
    Opinion opinion = opinion(options());
    ObjectNode answer = Json.object();
    ArrayNode replies = answer.putArray("replies");
    Replies writer = new Replies(material, opinion, own(opinion));
    material.claims().forEach(claim -> replies.add(writer.to(claim)));
    return answer.toString();
  }

  /** A ranking after the talk; another first choice than before names the claim that did it. */
  public String ballot() {
    Opinion opinion = opinion(votable());
    for (Material.Claim claim : material.claims()) {
      // What survived its readers has been looked at twice; what they rejected counts for less.
      double heard = 0.5 + 0.25 * (claim.accepted() - claim.rejected());
      opinion.hear(asSentence(claim), Math.clamp(heard, 0, 1));
    }
    return new Vote(material, opinion, own(opinion)).written();
  }

  /** A summary by somebody without a vote. */
  public String edit() {
    StringBuilder text = new StringBuilder("Rehearsal. The question was: ");
    text.append(shortened(material.question(), 300));
    text.append(" The panel's outcome is ")
        .append(material.outcome().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (!material.verdict().isEmpty()) {
      text.append(": ").append(shortened(material.label(material.verdict()), 120));
    }
    text.append('.');
    material.claims().stream()
        .limit(MOST_CLAIMS)
        .forEach(claim -> text.append(' ').append(shortened(claim.text(), 300)));
    return Json.object().put("summary", shortened(text.toString(), 1700)).toString();
  }

  private Opinion opinion(List<Option> options) {
    Opinion opinion = new Opinion(stance, options, seed);
    material.sentences().forEach(sentence -> opinion.hear(sentence, 1));
    return opinion;
  }

  private String own(Opinion opinion) {
    return material.ownOption().isEmpty() ? opinion.ranking().getFirst() : material.ownOption();
  }

  /** The brief's options, or, for an open question, what its own sentences propose. */
  private List<Option> options() {
    return material.options().isEmpty() ? proposals() : material.options();
  }

  private List<Option> proposals() {
    List<Option> proposals = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    material.sentences().stream()
        .filter(sentence -> sentence.polarity() > 0)
        .limit(MOST_CANDIDATES)
        .forEach(
            sentence -> {
              String key = key(sentence.words());
              if (seen.add(key)) {
                proposals.add(new Option(key, sentence.text()));
              }
            });
    return proposals.isEmpty()
        ? List.of(new Option(key(Words.of(material.question())), material.question()))
        : proposals;
  }

  private static String key(List<String> words) {
    List<String> telling = words.stream().filter(Words::tells).limit(4).toList();
    String key = String.join("-", telling).replaceAll("[^\\p{L}\\p{N}]+", "-");
    return key.isEmpty() ? "no-answer" : key.substring(0, Math.min(60, key.length()));
  }

  /** What this seat may rank: the sheet's order, which leaves its own draft out where it must. */
  private List<Option> votable() {
    List<Option> known = new ArrayList<>(material.options());
    known.addAll(material.drafts());
    if (material.order().isEmpty()) {
      return options();
    }
    return material.order().stream()
        .map(
            id ->
                known.stream()
                    .filter(option -> option.id().equals(id))
                    .findFirst()
                    .orElseGet(() -> new Option(id, id.replace('-', ' '))))
        .toList();
  }

  private void claim(ObjectNode claim, Sentence sentence) {
    claim.put("text", stance.opening() + ": " + sentence.text());
    if (sentence.isAttached()) {
      claim
          .putArray("evidence")
          .addObject()
          .put("id", sentence.source())
          .put("quote", sentence.text());
    }
  }

  private String doubt(Opinion opinion, String best) {
    return opinion
        .speakingAgainst(best, material.sentences())
        .map(against -> "Proof that this weighs more than I think: " + against.sentence().text())
        .orElse("A verified reason against it; the material holds none.");
  }

  /** A claim read as a sentence: what it quotes says more than how it is introduced. */
  static Sentence asSentence(Material.Claim claim) {
    String text = claim.quotes().isEmpty() ? claim.text() : claim.quotes().getFirst().text();
    String source = claim.quotes().isEmpty() ? "" : claim.quotes().getFirst().id();
    return Sentence.of(source, text);
  }

  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 3;
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.substring(0, whole).stripTrailing() + "...";
  }
}
