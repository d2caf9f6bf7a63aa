package io.aragora.provider.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The built-in panel argues from what it reads, and from nothing else. */
final class RehearsalTest {
  private static Set<String> choices(ObjectNode brief) {
    return Stream.of(Stance.values())
        .map(stance -> Json.tree(Briefs.seat(brief, stance).draft()).path("option").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void agreesOnABriefThatSpeaksOneWay() {
    assertThat(choices(Briefs.yesOrNo(Briefs.GOOD_NEWS))).containsExactly("approve");
    assertThat(choices(Briefs.yesOrNo(Briefs.BAD_NEWS))).containsExactly("reject");
  }

  @Test
  void splitsOnABriefThatSpeaksBothWays() {
    assertThat(choices(Briefs.yesOrNo(Briefs.BOTH))).containsExactlyInAnyOrder("approve", "reject");
  }

  @Test
  void choosesTheNamedOptionThatIsPraised() {
    ObjectNode brief =
        Json.object()
            .put("question", "Which vendor?")
            .put(
                "context",
                "Globex is slow and unreliable. Initech is proven, fast and secure. Hooli had an outage.");
    Briefs.option(brief, "a", "Globex");
    Briefs.option(brief, "b", "Initech");
    Briefs.option(brief, "c", "Hooli");
    assertThat(choices(brief)).containsExactly("b");
  }

  @Test
  void understandsWordsThatTurnAMeaningRound() {
    assertThat(Words.polarity(Words.of("There is no risk."))).isPositive();
    assertThat(Words.polarity(Words.of("It reduces downtime."))).isPositive();
    assertThat(Words.polarity(Words.of("It is not reliable."))).isNegative();
    assertThat(Words.polarity(Words.of("It isn't safe."))).isNegative();
    assertThat(Words.polarity(Words.of("It was delivered on Monday."))).isZero();
  }

  @Test
  void writesTheSameAnswerForTheSameQuestion() {
    ObjectNode brief = Briefs.evidence(Briefs.yesOrNo(Briefs.BOTH), "e1", Briefs.GOOD_NEWS);
    assertThat(Briefs.seat(brief, Stance.RISK).draft())
        .isEqualTo(Briefs.seat(brief, Stance.RISK).draft());
  }

  @Test
  void quotesEvidenceLetterForLetter() {
    String report =
        "In March  the test passed.\nErrors were reduced by 40 % (n = 12). \u00dcber alles gut, good!";
    ObjectNode brief = Briefs.evidence(Briefs.yesOrNo(""), "e1", report);
    for (Stance stance : Stance.values()) {
      JsonNode claims = Json.tree(Briefs.seat(brief, stance).draft()).path("claims");
      assertThat(claims).isNotEmpty();
      for (JsonNode claim : claims) {
        assertThat(claim.path("evidence").path(0).path("id").asText()).isEqualTo("e1");
        assertThat(report).contains(claim.path("evidence").path(0).path("quote").asText());
      }
    }
  }

  @Test
  void givesSeatsDifferentReasons() {
    ObjectNode brief = Briefs.yesOrNo(Briefs.BOTH);
    String value = Briefs.seat(brief, Stance.VALUE).draft();
    String risk = Briefs.seat(brief, Stance.RISK).draft();
    assertThat(Json.tree(value).path("claims")).isNotEqualTo(Json.tree(risk).path("claims"));
  }

  @Test
  void proposesTheSameKeysForAnOpenQuestion() {
    ObjectNode brief =
        Briefs.open("A search index would be a valuable improvement. Nobody likes Mondays.");
    assertThat(choices(brief)).containsExactly("search-index-valuable-improvement");
  }

  @Test
  void rejectsAClaimThatQuotesWhatIsNotThere() {
    ObjectNode brief = Briefs.evidence(Briefs.yesOrNo(""), "e1", Briefs.GOOD_NEWS);
    Briefs.claim(brief, "c1", "It fails.", List.of("e1", "The pilot failed."));
    JsonNode reply = reply(Briefs.own(brief, "approve"));
    assertThat(reply.path("stance").asText()).isEqualTo("reject");
    assertThat(reply.path("reason_type").asText()).isEqualTo("rule");
  }

  @Test
  void acceptsWhatSpeaksForItsChoiceAndAnswersWhatSpeaksAgainst() {
    ObjectNode brief = Briefs.evidence(Briefs.yesOrNo(""), "e1", Briefs.GOOD_NEWS);
    Briefs.evidence(brief, "e2", "One bug was found.");
    Briefs.claim(brief, "c1", "It works.", List.of("e1", "The pilot was a success."));
    Briefs.claim(brief, "c2", "It has bugs.", List.of("e2", "One bug was found."));
    JsonNode replies =
        Json.tree(Briefs.seat(Briefs.own(brief, "approve"), Stance.VALUE).challenge());
    assertThat(replies.path("replies").path(0).path("stance").asText()).isEqualTo("accept");
    JsonNode second = replies.path("replies").path(1);
    assertThat(second.path("stance").asText()).isEqualTo("reject");
    assertThat(second.path("reason_type").asText()).isEqualTo("counterexample");
    assertThat(Briefs.GOOD_NEWS).contains(second.path("evidence").path("quote").asText());
  }

  @Test
  void isUnsureOfAClaimStrongerThanItsOwnReasons() {
    ObjectNode brief = Briefs.yesOrNo("It is easier.");
    Briefs.claim(brief, "c1", "Two outages, a breach and a loss of data happened.", List.of());
    assertThat(reply(Briefs.own(brief, "approve")).path("stance").asText()).isEqualTo("unsure");
  }

  private static JsonNode reply(ObjectNode brief) {
    return Json.tree(Briefs.seat(brief, Stance.RISK).challenge()).path("replies").path(0);
  }

  @Test
  void changesItsVoteOnlyForAClaimItNames() {
    ObjectNode brief = ballot("It is easier. ", "approve");
    Briefs.claim(brief, "c7", "Two outages, a breach and a loss of data happened.", List.of());
    JsonNode vote = Json.tree(Briefs.seat(brief, Stance.RISK).ballot());
    assertThat(vote.path("ranking").path(0).asText()).isEqualTo("reject");
    assertThat(vote.path("changed").asBoolean()).isTrue();
    assertThat(vote.path("claim").asText()).isEqualTo("c7");
    assertThat(vote.path("reason_type").asText()).isNotEqualTo("none");
  }

  @Test
  void staysWithItsVoteWhenNoClaimCanBeNamed() {
    ObjectNode brief = ballot(Briefs.BAD_NEWS, "approve");
    JsonNode vote = Json.tree(Briefs.seat(brief, Stance.RISK).ballot());
    assertThat(vote.path("ranking").path(0).asText()).isEqualTo("approve");
    assertThat(vote.path("changed").asBoolean()).isFalse();
  }

  @Test
  void doesNotFollowAClaimItsReadersRejected() {
    ObjectNode brief = ballot("It is easier. ", "approve");
    Briefs.claim(brief, "c7", "Two outages, a breach and a loss of data happened.", List.of());
    ObjectNode claim = (ObjectNode) brief.withArray("claims").get(0);
    claim.putArray("replies").addObject().put("stance", "reject");
    claim.withArray("replies").addObject().put("stance", "reject");
    JsonNode vote = Json.tree(Briefs.seat(brief, Stance.RISK).ballot());
    assertThat(vote.path("ranking").path(0).asText()).isEqualTo("approve");
  }

  @Test
  void ranksOnlyWhatIsOnItsSheet() {
    ObjectNode brief = Briefs.own(Briefs.yesOrNo(Briefs.GOOD_NEWS), "approve");
    Briefs.option(brief, "later", "Decide in spring");
    brief.putArray("order").add("later").add("reject");
    JsonNode vote = Json.tree(Briefs.seat(brief, Stance.VALUE).ballot());
    assertThat(vote.path("ranking")).hasSize(2);
    assertThat(vote.path("ranking").toString()).doesNotContain("approve");
  }

  @Test
  void abstainsWhenNothingWasSaid() {
    JsonNode vote =
        Json.tree(Briefs.seat(ballot("The sky is blue.", "approve"), Stance.COST).ballot());
    assertThat(vote.path("abstain").asBoolean()).isTrue();
    assertThat(vote.path("ranking")).isEmpty();
  }

  @Test
  void summarisesTheOutcomeAsAnEditor() {
    ObjectNode brief =
        Briefs.yesOrNo(Briefs.BOTH).put("outcome", "DECIDED").put("verdict", "approve");
    String summary = Json.tree(Briefs.seat(brief, Stance.VALUE).edit()).path("summary").asText();
    assertThat(summary).contains("Should we adopt the new platform?", "Adopt the platform");
  }

  private static ObjectNode ballot(String context, String own) {
    ObjectNode brief = Briefs.own(Briefs.yesOrNo(context), own);
    brief.putArray("order").add("reject").add("approve");
    return brief;
  }

  /** 500 briefs out of scraps of text, seeds 0 to 499: limits hold whatever is read. */
  @Test
  void keepsTheLimitsOfAnAnswerWhateverItReads() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      ObjectNode brief =
          random.nextBoolean() ? Briefs.yesOrNo(scraps(random)) : Briefs.open(scraps(random));
      if (random.nextBoolean()) {
        Briefs.evidence(brief, "e1", scraps(random));
      }
      Briefs.claim(brief, "c1", scraps(random), List.of());
      Rehearsal seat = Briefs.seat(brief, Stance.values()[random.nextInt(5)]);
      assertWithinLimits(Json.tree(seat.draft()), brief);
      assertThat(Json.tree(seat.challenge()).path("replies")).hasSize(1);
      assertThat(Json.tree(seat.ballot()).path("reason").asText()).hasSizeLessThanOrEqualTo(900);
      assertThat(Json.tree(seat.edit()).path("summary").asText()).hasSizeBetween(1, 1800);
    }
  }

  private static void assertWithinLimits(JsonNode draft, ObjectNode brief) {
    assertThat(draft.path("option").asText()).hasSizeBetween(1, 60);
    assertThat(draft.path("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(draft.path("would_change_my_mind").asText()).hasSizeLessThanOrEqualTo(400);
    assertThat(draft.path("claims").size()).isLessThanOrEqualTo(5);
    for (JsonNode claim : draft.path("claims")) {
      assertThat(claim.path("text").asText()).hasSizeBetween(1, 400);
      assertThat(claim.path("evidence").path(0).path("quote").asText())
          .hasSizeLessThanOrEqualTo(300);
      // Without evidence the schema has no place for any.
      assertThat(claim.has("evidence") && brief.path("evidence").isEmpty()).isFalse();
    }
  }

  private static String scraps(Random random) {
    List<String> scraps =
        List.of(
            "good ",
            "risk ",
            "not ",
            "fails. ",
            "\n",
            "\"",
            "\\",
            "42 % ",
            "\ud83d\ude80",
            "x".repeat(400),
            "The outage was bad! ",
            "Saves \u20ac 10. ",
            "\u0000",
            "\u6f22\u5b57\u3002",
            "reduces ",
            "?! ");
    return random
        .ints(random.nextInt(60), 0, scraps.size())
        .mapToObj(scraps::get)
        .collect(Collectors.joining());
  }
}
