package io.aragora.debate;

import io.aragora.budget.Charge;
import io.aragora.budget.Settled;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.SeatCalls.Heard;
import io.aragora.debate.words.Answers;
import io.aragora.event.Event;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.provider.Attempt;
import io.aragora.provider.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores what seats answered, with its price and the events that tell of it. */
final class Storing {
  private final DebateParts parts;

  Storing(DebateParts parts) {
    this.parts = parts;
  }

  /** Adds what is not stored yet; whoever makes a round whole also tells that it is complete. */
  Standing store(
      Tx tx, Running debate, Standing standing, Turns.Arrival arrival, List<Event> events) {
    List<Heard> fresh =
        arrival.heard().stream().filter(each -> !standing.has(each.question())).toList();
    if (fresh.isEmpty()) {
      return standing;
    }
    List<Answered> answers = fresh.stream().map(heard -> answered(debate, heard)).toList();
    DebateStore.answer(tx, debate.workspace(), debate.id(), answers);
    Standing paid = settle(tx, debate, standing.with(answers), fresh, events);
    for (int at = 0; at < fresh.size(); at++) {
      events.addAll(SeatEvents.of(answers.get(at), fresh.get(at).detail()));
    }
    events.addAll(roundEnd(debate, paid, fresh.getFirst().question(), arrival.expected()));
    return paid;
  }

  /** Seats that were not asked because the hold has no room for their calls. */
  Standing unpaid(Tx tx, Running debate, Standing standing, List<Question> questions) {
    List<Answered> answers =
        questions.stream()
            .map(
                question ->
                    new Answered(
                        question.round(),
                        question.seat(),
                        question.move(),
                        question.callId(),
                        Optional.of(Replay.OVER_BUDGET),
                        "{}",
                        "",
                        "",
                        0,
                        0,
                        now()))
            .toList();
    DebateStore.answer(tx, debate.workspace(), debate.id(), answers);
    return standing.with(answers);
  }

  private Answered answered(Running debate, Heard heard) {
    Question question = heard.question();
    Tokens tokens = tokens(heard);
    parts.meters().tokens(tokens);
    return new Answered(
        question.round(),
        question.seat(),
        question.move(),
        question.callId(),
        heard.text().isPresent() ? Optional.empty() : Optional.of(heard.failure()),
        heard.text().map(text -> read(debate, question, text)).orElse("{}"),
        heard.model(),
        debate.brief().promptSha256().getOrDefault(question.move(), ""),
        tokens.input(),
        tokens.output(),
        now());
  }

  /** A text turned into what is kept. */
  private static String read(Running debate, Question question, String text) {
    return Json.text(
        switch (question.ask().kind()) {
          case DRAFT ->
              Answers.draft(
                  text, debate.brief(), question.seat(), question.round(), debate.looks());
          case CHALLENGE -> Answers.challenge(text, debate.looks());
          case BALLOT -> Answers.ballot(text, question.ownChoice());
          case EDIT -> Answers.edit(text);
        });
  }

  private Standing settle(
      Tx tx, Running debate, Standing standing, List<Heard> fresh, List<Event> events) {
    var charges = new ArrayList<Charge>();
    for (Heard heard : fresh) {
      heard.attempts().stream()
          .filter(Attempt::mayBeBilled)
          .forEach(attempt -> charges.add(Charges.of(parts, heard.question(), attempt)));
    }
    List<Settled> settled = parts.budgets().settle(tx, debate.row().reservation(), charges);
    for (int at = 0; at < charges.size(); at++) {
      parts.meters().spent(settled.get(at).charged());
      events.add(SeatEvents.settled(charges.get(at), settled.get(at)));
    }
    Money left = settled.isEmpty() ? standing.left() : settled.getLast().left();
    return standing.leaving(left);
  }

  private static List<Event> roundEnd(
      Running debate, Standing standing, Question question, int expected) {
    List<Answered> round = standing.toMoveOf(question);
    if (question.seat() == 0 || round.size() < expected) {
      return List.of();
    }
    int failed = (int) round.stream().filter(each -> each.failure().isPresent()).count();
    var events = new ArrayList<Event>();
    if (question.move().equals(Replay.DRAFT)) {
      Agreement.blind(debate.brief(), question.round(), standing.answers()).ifPresent(events::add);
    }
    events.add(
        new Event.RoundCompleted(question.round(), question.move(), round.size() - failed, failed));
    return events;
  }

  private static Tokens tokens(Heard heard) {
    Tokens sum = Tokens.NONE;
    for (Attempt attempt : heard.attempts()) {
      if (attempt.usage() instanceof Usage.Known(Tokens tokens)) {
        sum = sum.plus(tokens);
      }
    }
    return sum;
  }

  /** As exact as the table, so that what is read again is the same. */
  private Instant now() {
    return parts.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
