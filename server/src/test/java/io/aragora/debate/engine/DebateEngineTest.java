package io.aragora.debate.engine;

import static io.aragora.debate.engine.PanelOf.claim;
import static io.aragora.debate.engine.PanelOf.draft;
import static io.aragora.debate.engine.PanelOf.drafted;
import static io.aragora.debate.engine.PanelOf.findings;
import static io.aragora.debate.engine.PanelOf.flips;
import static io.aragora.debate.engine.PanelOf.keeps;
import static io.aragora.debate.engine.PanelOf.replies;
import static io.aragora.debate.engine.PanelOf.strangers;
import static io.aragora.debate.engine.PanelOf.stubborn;
import static io.aragora.debate.engine.PanelOf.yesNo;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.consensus.Conclusion;
import io.aragora.consensus.Conclusion.Doubt;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.ConsensusRule.Majority;
import io.aragora.consensus.ConsensusRule.Supermajority;
import io.aragora.consensus.ConsensusRule.Unanimity;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Stakes;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Claim.Check;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Claim.Trust;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.debate.engine.Move.Conclude;
import io.aragora.debate.engine.Move.Reading;
import io.aragora.debate.engine.Move.Sheet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DebateEngineTest {
  private static final ConsensusRule TWO_THIRDS = new Supermajority(2, 3);

  private static Frame choice(int seats, int rounds) {
    return Frame.of(List.of("x", "y", "z"), TWO_THIRDS, strangers(seats), rounds, 11);
  }

  private static List<Reading> readings(DebateState state) {
    assertThat(DebateEngine.next(state)).isInstanceOf(Move.Challenge.class);
    return ((Move.Challenge) DebateEngine.next(state)).readings();
  }

  private static List<Sheet> sheets(DebateState state) {
    assertThat(DebateEngine.next(state)).isInstanceOf(Move.Ballot.class);
    return ((Move.Ballot) DebateEngine.next(state)).sheets();
  }

  private static DebateState unsure(DebateState before, int round) {
    DebateState state = before;
    for (Reading reading : readings(before)) {
      state = state.with(replies(reading.seat(), round, Stance.UNSURE));
    }
    return state;
  }

  private static List<String> ids(Reading reading) {
    return reading.claims().stream().map(Claim::id).toList();
  }

  @Test
  void firstAsksEverySeatForABlindDraft() {
    assertThat(DebateEngine.next(DebateState.of(yesNo(3, TWO_THIRDS))))
        .isEqualTo(new Move.Draft(1, List.of("s0", "s1", "s2")));
  }

  @Test
  void asksOnlyTheSeatsThatAreStillMissing() {
    var state = DebateState.of(yesNo(3, TWO_THIRDS)).with(draft("s1", "approve"));
    assertThat(DebateEngine.next(state)).isEqualTo(new Move.Draft(1, List.of("s0", "s2")));
  }

  @Test
  void stopsAskingOnceTheQuorumIsOutOfReach() {
    var state = DebateState.of(yesNo(3, TWO_THIRDS)).failed("s0", 1).failed("s1", 1);
    assertThat(DebateEngine.next(state))
        .isInstanceOfSatisfying(
            Conclude.class,
            end -> {
              assertThat(end.conclusion().outcome()).isEqualTo(Outcome.INSUFFICIENT_QUORUM);
              assertThat(findings(end).failedSeats()).containsExactly("s0", "s1");
            });
  }

  @Test
  void skipsTheChallengeWhenTheBlindVoteIsUnanimous() {
    var state = drafted(yesNo(3, TWO_THIRDS), "approve", "approve", "approve");
    assertThat(DebateEngine.next(state))
        .isInstanceOfSatisfying(
            Move.Decide.class,
            move -> assertThat(move.conclusion().outcome()).isEqualTo(Outcome.DECIDED));
    assertThat(DebateEngine.next(state.marked(Mark.WORDS_WRITTEN))).isInstanceOf(Conclude.class);
  }

  @Test
  void challengesUnanimityAmongTooFewIndependentVoices() {
    var frame = Frame.of(List.of("approve", "reject"), TWO_THIRDS, PanelOf.sameModel(3), 1, 7);
    var state = drafted(frame, "approve", "approve", "approve");
    assertThat(DebateEngine.next(state)).isInstanceOf(Move.Challenge.class);
  }

  @Test
  void challengesUnanimityWhenAnEvidenceCheckFailed() {
    var bad =
        new Claim(
            "bad",
            "page nine says so",
            List.of(new Citation("e9", "a.pdf", Check.FAILED, Trust.TRUSTED)));
    var state =
        drafted(yesNo(3, TWO_THIRDS), "approve", "approve").with(draft("s2", "approve", bad));
    var readings = readings(state);
    assertThat(readings).allSatisfy(r -> assertThat(ids(r)).doesNotContain("bad"));
  }

  @Test
  void votesOnlyWhereTheFrameHasNoChallengeRounds() {
    var state = drafted(choice(3, 0), "x", "x", "y");
    assertThat(DebateEngine.next(state)).isInstanceOf(Move.Decide.class);
  }

  @Test
  void showsEachSeatTheClaimsOfItsTwoNeighboursOnly() {
    var state = drafted(choice(5, 1), "x", "y", "z", "x", "y");
    Map<String, Integer> shownTo = new HashMap<>();
    for (Reading reading : readings(state)) {
      assertThat(ids(reading)).hasSize(2).doesNotContain("c-" + reading.seat());
      ids(reading).forEach(id -> shownTo.merge(id, 1, Integer::sum));
    }
    assertThat(shownTo.values()).containsOnly(2);
  }

  @Test
  void aClaimTravelsOneNeighbourFurtherOnceItIsAccepted() {
    var state = drafted(choice(5, 2), "x", "y", "z", "x", "y");
    Map<String, Set<String>> seen = new HashMap<>();
    DebateState next = state;
    for (Reading reading : readings(state)) {
      seen.put(reading.seat(), new HashSet<>(ids(reading)));
      next =
          next.with(replies(reading.seat(), 2, Stance.ACCEPT, ids(reading).toArray(String[]::new)));
    }
    for (Reading reading : readings(next)) {
      assertThat(ids(reading)).doesNotContainAnyElementsOf(seen.get(reading.seat())).hasSize(2);
    }
  }

  @Test
  void endsTheTalkWhenARoundAcceptsNoNewClaim() {
    var state = unsure(drafted(choice(5, 2), "x", "y", "z", "x", "y"), 2);
    assertThat(DebateEngine.next(state)).isInstanceOf(Move.Ballot.class);
  }

  @Test
  void showsNobodyAClaimThatSaysWhatTheyAlreadyKnow() {
    var same = "The vendor missed the last two deadlines by more than a month each time.";
    var state =
        DebateState.of(choice(3, 1))
            .with(draft("s0", "x", claim("a", same)))
            .with(draft("s1", "y", claim("b", same.toUpperCase(Locale.ROOT))))
            .with(draft("s2", "z", claim("c", "Costs are unknown.")));
    for (Reading reading : readings(state)) {
      assertThat(ids(reading)).hasSize(1);
    }
  }

  @Test
  void aFailedChallengeDoesNotStopTheOthers() {
    var state = drafted(choice(3, 1), "x", "y", "x");
    for (Reading reading : readings(state)) {
      state = state.failed(reading.seat(), 2);
    }
    assertThat(sheets(state)).hasSize(3);
  }

  @Test
  void givesEachVoterItsOwnOrderAndNeverItsOwnDraft() {
    var state = unsure(drafted(choice(5, 1), "x", "y", "z", "x", "y"), 2);
    Set<List<String>> orders = new HashSet<>();
    for (Sheet sheet : sheets(state)) {
      assertThat(sheet.options()).containsExactlyInAnyOrder("x", "y", "z");
      assertThat(sheet.drafts()).hasSize(4).doesNotContain(sheet.voter());
      orders.add(sheet.options());
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void showsOnlyOneOfTwoDraftsThatSayTheSame() {
    var frame = choice(3, 1);
    String text = "We should take the first one because it is cheap and known to the team by now.";
    var state = DebateState.of(frame);
    for (String seat : List.of("s0", "s1", "s2")) {
      String option = seat.equals("s2") ? "y" : "x";
      var claims = List.of(claim("c-" + seat, "Reason of " + seat));
      state = state.with(new Draft(seat, List.of(option), 1, text, claims));
    }
    for (Sheet sheet : sheets(unsure(state, 2))) {
      assertThat(sheet.drafts()).doesNotContain("s1");
    }
  }

  @Test
  void countsAFlipThatNamesAClaimAndAReason() {
    var state =
        unsure(drafted(yesNo(3, TWO_THIRDS), "approve", "reject", "?"), 2)
            .with(keeps("s0", "approve"))
            .with(flips("s1", "approve", "c-s0", ReasonType.EVIDENCE))
            .with(keeps("s2"));
    var end = stubborn(state);
    assertThat(end.conclusion().verdict()).contains("approve");
    assertThat(findings(end).signals().flips()).hasSize(1).allMatch(f -> f.isSupported());
  }

  @Test
  void doesNotTakeAsReasonAnUnknownOwnStruckOrRejectedClaim() {
    var base = drafted(yesNo(3, TWO_THIRDS), "approve", "reject", "?");
    var struck =
        new Claim(
            "struck", "made up", List.of(new Citation("e", "a", Check.FAILED, Trust.TRUSTED)));
    var withStruck =
        DebateState.of(base.frame())
            .with(draft("s0", "approve", struck, claim("bare", "no evidence at all")))
            .with(draft("s1", "reject"))
            .with(draft("s2", "reject", claim("other", "other words")));
    assertFlip(unsure(base, 2), "c-s9", ReasonType.RULE);
    assertFlip(unsure(base, 2), "c-s1", ReasonType.RULE);
    assertFlip(unsure(base, 2), "c-s0", ReasonType.NONE);
    assertFlip(unsure(withStruck, 2), "struck", ReasonType.RULE);
    assertFlip(unsure(withStruck, 2), "bare", ReasonType.EVIDENCE);
    var rejecting =
        base.with(replies("s0", 2, Stance.UNSURE))
            .with(replies("s1", 2, Stance.REJECT, "c-s0"))
            .with(replies("s2", 2, Stance.UNSURE));
    assertFlip(rejecting, "c-s0", ReasonType.RULE);
  }

  private static void assertFlip(DebateState heard, String claim, ReasonType type) {
    var end =
        stubborn(
            heard
                .with(keeps("s0", "approve"))
                .with(flips("s1", "approve", claim, type))
                .with(keeps("s2", "approve")));
    assertThat(findings(end).signals().flips())
        .filteredOn(f -> f.seat().equals("s1"))
        .allMatch(f -> !f.isSupported());
    assertThat(findings(end).counted().ballots().get(1).first()).contains("reject");
  }

  @Test
  void abstainingAfterTheTalkNeedsNoReasonAndOnlyLowersSupport() {
    var state =
        unsure(drafted(yesNo(3, TWO_THIRDS), "approve", "approve", "reject"), 2)
            .with(keeps("s0", "approve"))
            .with(keeps("s1"))
            .with(keeps("s2", "reject"));
    assertThat(stubborn(state).conclusion().outcome()).isEqualTo(Outcome.NO_CONSENSUS);
  }

  @Test
  void aSeatThatFailsTheLastBallotAbstains() {
    var state =
        unsure(drafted(yesNo(3, TWO_THIRDS), "approve", "approve", "reject"), 2)
            .with(keeps("s0", "approve"))
            .with(keeps("s2", "reject"))
            .failed("s1", 3);
    assertThat(stubborn(state).conclusion().outcome()).isEqualTo(Outcome.NO_CONSENSUS);
  }

  @Test
  void doesNotWaitForVotesThatCannotChangeTheVerdict() {
    var state =
        unsure(
                drafted(
                    yesNo(5, new Majority()), "reject", "reject", "reject", "approve", "approve"),
                2)
            .with(keeps("s0", "reject"))
            .with(keeps("s1", "reject"));
    assertThat(DebateEngine.next(state)).isInstanceOf(Move.Ballot.class);
    assertThat(DebateEngine.next(state.with(keeps("s2", "reject"))))
        .isInstanceOf(Move.Decide.class);
  }

  @Test
  void cancelBudgetAndDeadlineEndTheDebateAtEveryPoint() {
    var points = new ArrayList<DebateState>();
    var frame = yesNo(3, TWO_THIRDS);
    points.add(DebateState.of(frame));
    points.add(drafted(frame, "approve", "reject"));
    points.add(drafted(frame, "approve", "reject", "?"));
    points.add(unsure(drafted(frame, "approve", "reject", "?"), 2));
    for (DebateState point : points) {
      assertThat(ended(point.marked(Mark.CANCELLED))).isEqualTo(Outcome.CANCELLED);
      assertThat(ended(point.marked(Mark.OUT_OF_BUDGET))).isEqualTo(Outcome.STOPPED_BUDGET);
      assertThat(ended(point.marked(Mark.OUT_OF_TIME))).isEqualTo(Outcome.STOPPED_DEADLINE);
      assertThat(ended(point.marked(Mark.OUT_OF_TIME).marked(Mark.CANCELLED)))
          .isEqualTo(Outcome.CANCELLED);
    }
  }

  private static Outcome ended(DebateState state) {
    return DebateEngine.next(state) instanceof Conclude end
        ? end.conclusion().outcome()
        : Outcome.DECIDED;
  }

  @Test
  void anIrreversibleVerdictIsOnlyAReviewUntilAPersonAttestsIt() {
    var frame = yesNo(3, new Unanimity()).staking(Stakes.IRREVERSIBLE);
    var state = drafted(frame, "approve", "approve", "approve");
    assertThat(stubborn(state).conclusion())
        .isInstanceOfSatisfying(
            Conclusion.UnderReview.class,
            review -> assertThat(review.doubts()).containsExactly(Doubt.NOT_ATTESTED));
    assertThat(stubborn(state.marked(Mark.ATTESTED)).conclusion().outcome())
        .isEqualTo(Outcome.DECIDED);
  }

  @Test
  void aPanelOfOneModelIsAtBestReviewed() {
    var frame = Frame.of(List.of("approve", "reject"), TWO_THIRDS, PanelOf.sameModel(3), 1, 7);
    assertThat(stubborn(drafted(frame, "approve", "approve", "approve")).conclusion())
        .isInstanceOfSatisfying(
            Conclusion.UnderReview.class,
            review -> assertThat(review.doubts()).contains(Doubt.LOW_INDEPENDENCE));
  }

  @Test
  void aVerdictThatRestsOnOneUntrustedSourceIsReviewed() {
    var state = DebateState.of(yesNo(3, TWO_THIRDS));
    for (String seat : List.of("s0", "s1", "s2")) {
      var cited = new Citation("e" + seat, "mail.eml", Check.VERIFIED, Trust.UNTRUSTED);
      state = state.with(draft(seat, "approve", new Claim("c" + seat, seat, List.of(cited))));
    }
    assertThat(stubborn(state).conclusion())
        .isInstanceOfSatisfying(
            Conclusion.UnderReview.class,
            review -> assertThat(review.doubts()).containsExactly(Doubt.ONE_UNTRUSTED_SOURCE));
  }

  @Test
  void agreementBornOfTalkWithoutReasonsIsHollow() {
    var state =
        unsure(
            drafted(yesNo(5, new Majority()), "approve", "approve", "approve", "reject", "reject"),
            2);
    for (String seat : List.of("s0", "s1", "s2", "s3", "s4")) {
      state = state.with(keeps(seat, "approve"));
    }
    assertThat(stubborn(state).conclusion())
        .isInstanceOfSatisfying(
            Conclusion.UnderReview.class,
            review -> assertThat(review.doubts()).containsExactly(Doubt.HOLLOW));
  }

  @Test
  void namesTheSeatsWhoseVoteLost() {
    var end = stubborn(drafted(yesNo(3, TWO_THIRDS), "approve", "approve", "reject"));
    assertThat(findings(end).dissenters()).containsExactly("s2");
  }

  @Test
  void theSameStateAlwaysGivesTheSameMove() {
    var state = unsure(drafted(choice(5, 1), "x", "y", "z", "x", "y"), 2);
    assertThat(DebateEngine.next(state)).isEqualTo(DebateEngine.next(state));
  }
}
