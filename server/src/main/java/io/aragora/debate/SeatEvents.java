package io.aragora.debate;

import io.aragora.budget.Charge;
import io.aragora.budget.Settled;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.words.Answers;
import io.aragora.event.Event;
import io.aragora.platform.json.Json;
import java.util.ArrayList;
import java.util.List;

/** What a seat's stored answer is told as. */
final class SeatEvents {
  private SeatEvents() {}

  static Event started(Running debate) {
    return new Event.DebateStarted(
        debate.row().frameSha256(),
        debate.brief().panel().stream()
            .map(
                seat ->
                    new Event.PanelSeat(
                        seat.seat(), seat.lens(), seat.provider(), seat.model(), seat.family()))
            .toList());
  }

  /** The events of one answer, in the order a reader wants them. */
  static List<Event> of(Answered answered, String detail) {
    if (answered.failure().isPresent()) {
      return List.of(
          new Event.SeatFailed(
              answered.seat(),
              answered.round(),
              answered.move(),
              answered.failure().get(),
              detail));
    }
    return switch (answered.move()) {
      case Replay.DRAFT -> draft(answered);
      case Replay.CHALLENGE -> challenge(answered);
      case Replay.BALLOT -> ballot(answered);
      default -> List.of();
    };
  }

  static Event settled(Charge charge, Settled settled) {
    return new Event.BudgetSettled(
        charge.callId(),
        charge.seat(),
        charge.provider(),
        charge.model(),
        charge.tokens().input(),
        charge.tokens().output(),
        charge.kind().wire(),
        settled.charged(),
        settled.excess(),
        settled.left());
  }

  private static List<Event> draft(Answered answered) {
    var draft = Json.read(answered.content(), Answers.Drafted.class);
    var events = new ArrayList<Event>();
    events.add(
        new Event.DraftSubmitted(
            answered.seat(),
            answered.round(),
            draft.ranking(),
            draft.ranking().isEmpty(),
            draft.claims().stream()
                .map(
                    claim ->
                        new Event.Claim(
                            claim.id(),
                            claim.text(),
                            claim.evidence().stream().map(Answers.Quote::id).toList()))
                .toList(),
            draft.confidence(),
            draft.wouldChangeMyMind()));
    for (Answers.Reason claim : draft.claims()) {
      claim.evidence().forEach(quote -> events.add(checked(answered, claim.id(), quote)));
    }
    events.add(
        new Event.BallotCast(
            answered.seat(),
            answered.round(),
            "blind",
            draft.ranking(),
            draft.ranking().isEmpty(),
            false,
            null,
            null,
            null));
    return events;
  }

  private static List<Event> challenge(Answered answered) {
    var challenge = Json.read(answered.content(), Answers.Challenged.class);
    var events = new ArrayList<Event>();
    events.add(
        new Event.ChallengeSubmitted(
            answered.seat(),
            answered.round(),
            challenge.replies().stream()
                .map(
                    reply ->
                        new Event.Objection(
                            reply.claim(),
                            reply.stance(),
                            reply.reasonType(),
                            reply.evidence().isEmpty() ? null : reply.evidence().getFirst().id(),
                            reply.text()))
                .toList()));
    for (Answers.Reply reply : challenge.replies()) {
      reply.evidence().forEach(quote -> events.add(checked(answered, reply.claim(), quote)));
    }
    return events;
  }

  private static List<Event> ballot(Answered answered) {
    var ballot = Json.read(answered.content(), Answers.Balloted.class);
    return List.of(
        new Event.BallotCast(
            answered.seat(),
            answered.round(),
            "final",
            ballot.ranking(),
            ballot.ranking().isEmpty(),
            ballot.changed(),
            ballot.reasonType(),
            ballot.claim().isEmpty() ? null : ballot.claim(),
            ballot.reason()));
  }

  private static Event checked(Answered answered, String claim, Answers.Quote quote) {
    return new Event.EvidenceChecked(
        answered.seat(),
        answered.round(),
        claim,
        quote.id(),
        quote.verified(),
        quote.verified() ? null : "the quoted words do not stand in the item");
  }
}
