package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.consensus.Ballot;
import io.aragora.consensus.HollowTest;
import io.aragora.consensus.Independence;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Signals;
import io.aragora.consensus.Signals.Flip;
import io.aragora.consensus.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether talk was allowed to change what it changed: an unsupported flip leaves the blind vote
 * standing, the integrity signals are those the votes show, and what they cast doubt on is under
 * review.
 */
final class TalkCheck {
  private final JsonNode predicate;
  private final JsonNode stated;
  private final Recount recount;
  private final List<String> faults = new ArrayList<>();
  private final List<Flip> flips = new ArrayList<>();

  TalkCheck(JsonNode predicate, Recount recount) {
    this.predicate = predicate;
    this.stated = predicate.path("integrity_signals");
    this.recount = recount;
    stated.path("flips").forEach(flip -> flips.add(read(flip)));
  }

  List<String> faults() {
    if (!recount.isByJudges()) {
      flips();
      recount.panelistIds().forEach(this::counted);
    }
    if (stated.path("h1").isBoolean()) {
      signals();
    }
    doubts();
    return faults;
  }

  /** A flip is a spoken first choice that differs from the blind one: no more, no fewer. */
  private void flips() {
    var seen = new TreeSet<String>();
    for (Ballot after : recount.spoken().values()) {
      String before = first(recount.blind().get(after.seat()));
      if (!after.isAbstention() && !first(after).equals(before)) {
        seen.add(after.seat() + ":" + before + ">" + first(after));
      }
    }
    var named = new TreeSet<String>();
    flips.forEach(flip -> named.add(flip.seat() + ":" + flip.from() + ">" + flip.to()));
    demand(
        seen.equals(named) && named.size() == flips.size(), "the flips are not those of the votes");
    for (Flip flip : flips) {
      demand(
          !flip.isSupported() || flip.reason() != ReasonType.NONE,
          "the flip of " + flip.seat() + " counts as supported without a reason");
    }
  }

  /** Which of a seat's two ballots counts is not a matter of taste. */
  private void counted(String seat) {
    Ballot before = recount.blind().get(seat);
    Ballot after = recount.spoken().get(seat);
    Ballot counts = recount.counted().get(seat);
    if (after == null) {
      boolean isSilent = counts == null || counts.isAbstention();
      demand(
          (recount.spoken().isEmpty() ? counts == before : isSilent) || isFailed(seat),
          "the blind ballot of " + seat + " is not treated as the others are");
    } else if (isUnsupported(seat)) {
      demand(counts != after, "an unsupported flip of " + seat + " was counted");
      demand(
          counts == before || recount.ownDrafts().containsKey(seat),
          "the blind ballot of " + seat + " should stand");
    } else if (after.isAbstention() || first(after).equals(first(before)) || isSupported(seat)) {
      demand(
          counts == after || (counts == before && isReordered(before, after)),
          "the final ballot of " + seat + " was not counted");
    }
  }

  private void signals() {
    Independence independence = Panel.independence(predicate);
    Tally blind = Tally.of(recount.blindElection());
    boolean isSpoken = !recount.spoken().isEmpty() && !recount.isByJudges();
    Tally spoken = isSpoken ? Tally.of(recount.spokenElection()) : blind;
    var talk =
        new HollowTest.Talk(
            recount.panelistIds().size(), blind, spoken, flips, List.<Set<String>>of());
    Signals again = HollowTest.of(talk, independence);
    same("h1", again.h1());
    same("h2", again.h2());
    same("h3", again.h3());
    same("h4", again.h4());
    // h5 rests on which citations were checked, which the engine saw and a receipt only reports.
    boolean h5 = stated.path("h5").asBoolean();
    same(
        "hollow",
        new Signals(again.h1(), again.h2(), again.h3(), again.h4(), h5, flips).isHollow());
    demand(
        stated.path("unsupported_flips").asInt() == again.unsupportedFlips(),
        "unsupported_flips is not their number");
  }

  private void doubts() {
    Outcome outcome = Outcome.valueOf(predicate.at("/outcome/code").asText());
    Set<String> doubts = new TreeSet<>();
    stated.path("doubts").forEach(doubt -> doubts.add(doubt.asText()));
    demand(
        doubts.isEmpty() == (outcome != Outcome.REVIEW),
        "a review needs a doubt, and a doubt needs a review");
    if (outcome == Outcome.NO_CONSENSUS) {
      return;
    }
    boolean isIrreversible = predicate.at("/outcome/action_class").asText().equals("irreversible");
    boolean isAttested = !predicate.at("/oversight/disposition").asText().equals("autonomous");
    doubt(doubts, "hollow", stated.path("hollow").asBoolean());
    doubt(doubts, "low_independence", Panel.independence(predicate).isLow());
    doubt(doubts, "not_attested", isIrreversible && !isAttested);
  }

  private void doubt(Set<String> doubts, String name, boolean isDue) {
    demand(
        doubts.contains(name) == isDue,
        "the doubt " + name + (isDue ? " is missing" : " is not due"));
  }

  private void same(String name, boolean again) {
    demand(stated.path(name).asBoolean() == again, name + " is not what the votes show");
  }

  private boolean isUnsupported(String seat) {
    return flips.stream().anyMatch(flip -> flip.seat().equals(seat) && !flip.isSupported());
  }

  private boolean isSupported(String seat) {
    return flips.stream().anyMatch(flip -> flip.seat().equals(seat) && flip.isSupported());
  }

  private boolean isFailed(String seat) {
    for (JsonNode failed : stated.path("failed_seats")) {
      if (failed.path("seat").asText().equals(seat)) {
        return true;
      }
    }
    return false;
  }

  /** An unreasoned change below the first rank also leaves the blind ballot standing. */
  private static boolean isReordered(@Nullable Ballot before, Ballot after) {
    return before != null && !before.ranking().equals(after.ranking());
  }

  private static String first(@Nullable Ballot ballot) {
    return ballot == null ? "" : ballot.first().orElse("");
  }

  private static Flip read(JsonNode flip) {
    return new Flip(
        flip.path("seat").asText(),
        flip.path("from").asText(),
        flip.path("to").asText(),
        ReasonType.valueOf(flip.path("reason_type").asText().toUpperCase(Locale.ROOT)),
        flip.path("claim_id").asText(),
        flip.path("supported").asBoolean() ? Flip.Support.SUPPORTED : Flip.Support.UNSUPPORTED);
  }

  private void demand(boolean isMet, String otherwise) {
    if (!isMet) {
      faults.add(otherwise);
    }
  }
}
