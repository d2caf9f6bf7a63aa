package io.aragora.debate.words;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.consensus.ReasonType;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.engine.Contribution;
import io.aragora.debate.engine.Lexicon;
import io.aragora.platform.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Seats' answers as they are kept. A model's text already satisfies its schema; here it is made
 * whole: ranks once each, the choice first, quotes looked up, words cut to their limit.
 */
public final class Answers {
  private static final int MOST_WORDS = 120;

  private Answers() {}

  /** A quoted piece of evidence; {@code verified} is whether the words stand in the item. */
  public record Quote(String id, String quote, boolean verified) {}

  /** One reason of a draft. */
  public record Reason(String id, String text, List<Quote> evidence) {}

  /** A blind draft. */
  public record Drafted(
      List<String> ranking, List<Reason> claims, String confidence, String wouldChangeMyMind) {
    public String option() {
      return ranking.getFirst();
    }
  }

  /** One reply to one claim. */
  public record Reply(
      String claim, String stance, String reasonType, List<Quote> evidence, String text) {}

  /** Replies to others' claims. */
  public record Challenged(List<Reply> replies) {}

  /** A final ballot; an empty ranking abstains. */
  public record Balloted(
      List<String> ranking,
      int acceptable,
      boolean changed,
      String reasonType,
      String claim,
      String reason) {}

  /** The editor's words. */
  public record Edited(String summary) {}

  public static Drafted draft(
      String text, Brief brief, int seat, int round, Map<String, EvidenceLook> evidence) {
    JsonNode answer = Json.tree(text);
    List<String> options = brief.options().stream().map(Brief.Choice::id).toList();
    Set<String> ranking = new LinkedHashSet<>();
    ranking.add(
        brief.open() ? key(answer.path("option").asText()) : answer.path("option").asText());
    if (!brief.open()) {
      answer.path("ranking").forEach(each -> ranking.add(each.asText()));
      ranking.retainAll(options);
    }
    var claims = new ArrayList<Reason>();
    for (JsonNode claim : answer.path("claims")) {
      String id = Contribution.Claim.id(brief.seed(), "s" + seat, round, claims.size());
      claims.add(
          new Reason(
              id, claim.path("text").asText().strip(), quotes(claim.path("evidence"), evidence)));
    }
    return new Drafted(
        List.copyOf(ranking),
        claims,
        share(answer.path("confidence")),
        words(answer.path("would_change_my_mind").asText()));
  }

  public static Challenged challenge(String text, Map<String, EvidenceLook> evidence) {
    var seen = new LinkedHashSet<String>();
    var replies = new ArrayList<Reply>();
    for (JsonNode each : Json.tree(text).path("replies")) {
      if (seen.add(each.path("claim").asText())) {
        List<Quote> quotes = quotes(each.path("evidence"), evidence);
        replies.add(
            new Reply(
                each.path("claim").asText(),
                each.path("stance").asText(),
                reasonType(each, quotes),
                quotes,
                words(each.path("text").asText())));
      }
    }
    return new Challenged(List.copyOf(replies));
  }

  public static Balloted ballot(String text, String ownChoice) {
    JsonNode answer = Json.tree(text);
    Set<String> ranking = new LinkedHashSet<>();
    if (!answer.path("abstain").asBoolean()) {
      answer.path("ranking").forEach(each -> ranking.add(each.asText()));
    }
    int acceptable = Math.min(answer.path("acceptable").asInt(), ranking.size());
    return new Balloted(
        List.copyOf(ranking),
        acceptable,
        !ranking.isEmpty() && !ranking.iterator().next().equals(ownChoice),
        answer.path("reason_type").asText(),
        answer.path("claim").asText(),
        words(answer.path("reason").asText()));
  }

  public static Edited edit(String text) {
    return new Edited(Json.tree(text).path("summary").asText().strip());
  }

  /** Where a quote is looked up. */
  @FunctionalInterface
  public interface EvidenceLook {
    boolean holds(String quote);
  }

  /** A reply that claims evidence but quotes what is not there has no reason. */
  private static String reasonType(JsonNode reply, List<Quote> quotes) {
    String said = reply.path("reason_type").asText();
    boolean needsQuote = said.equals(ReasonType.EVIDENCE.name().toLowerCase(Locale.ROOT));
    boolean quoted = !quotes.isEmpty() && quotes.stream().allMatch(Quote::verified);
    return needsQuote && !quoted ? ReasonType.NONE.name().toLowerCase(Locale.ROOT) : said;
  }

  private static List<Quote> quotes(JsonNode cited, Map<String, EvidenceLook> evidence) {
    var quotes = new ArrayList<Quote>();
    Iterable<JsonNode> each = cited.isObject() ? List.of(cited) : cited;
    for (JsonNode one : each) {
      String id = one.path("id").asText();
      String words = one.path("quote").asText();
      EvidenceLook look = evidence.get(id);
      quotes.add(new Quote(id, words, look != null && look.holds(words)));
    }
    return List.copyOf(quotes);
  }

  /** The canonical key of a free answer; one without letters or digits is no answer. */
  private static String key(String answer) {
    String key = Lexicon.key(answer);
    return key.isEmpty() ? "no-answer" : key;
  }

  private static String share(JsonNode number) {
    BigDecimal value = number.isNumber() ? number.decimalValue() : BigDecimal.ZERO;
    return value
        .max(BigDecimal.ZERO)
        .min(BigDecimal.ONE)
        .setScale(4, RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  private static String words(String text) {
    String[] all = text.strip().split("\\s+", MOST_WORDS + 1);
    return all.length <= MOST_WORDS
        ? text.strip()
        : String.join(" ", java.util.Arrays.copyOf(all, MOST_WORDS)) + " …";
  }
}
