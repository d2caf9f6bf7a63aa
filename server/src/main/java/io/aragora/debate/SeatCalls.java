package io.aragora.debate;

import io.aragora.budget.Charge;
import io.aragora.budget.Settled;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.event.Event;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.platform.db.Tx;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.json.Json;
import io.aragora.provider.Answer;
import io.aragora.provider.Attempt;
import io.aragora.provider.ProviderFailure;
import io.aragora.provider.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Asks one seat and stores what came of it, with its price, in one transaction. */
final class SeatCalls {
  private final DebateParts parts;
  private final SeatEvents told;

  SeatCalls(DebateParts parts) {
    this.parts = parts;
    this.told = new SeatEvents();
  }

  /** What a call brought: text or a typed failure, and every request made for it. */
  private record Heard(
      Optional<String> text, String failure, String detail, String model, List<Attempt> attempts) {}

  /**
   * Asks and stores. {@code expected} seats make the round whole; whoever stores the last answer
   * also tells that the round is complete. Throws {@link Running.Lost} if another node took over.
   */
  void run(Running debate, Question question, Deadline deadline, int expected) {
    long start = System.nanoTime();
    Heard heard = hear(debate, question, deadline);
    if (Thread.interrupted()) {
      // Called off: the call stays open in the journal, and the close charges it at its bound.
      return;
    }
    parts
        .meters()
        .providerCall(
            question.model().provider(),
            heard.text().isPresent() ? "ok" : heard.failure(),
            Duration.ofNanos(System.nanoTime() - start));
    parts
        .database()
        .doInTransaction(debate.workspace(), tx -> store(tx, debate, question, heard, expected));
  }

  private Heard hear(Running debate, Question question, Deadline deadline) {
    try {
      Answer answer =
          parts
              .providers()
              .ask(
                  question.ask(),
                  deadline,
                  piece ->
                      parts.feed().delta(debate.id(), question.seat(), question.move(), piece));
      return new Heard(Optional.of(answer.text()), "", "", answer.modelActual(), answer.attempts());
    } catch (ProviderFailure failed) {
      String code = failed.kind().name().toLowerCase(Locale.ROOT);
      return new Heard(
          Optional.empty(), code, failed.detail(), named(failed.attempts()), failed.attempts());
    }
  }

  /** The model that answered last, though its answer could not be used. */
  private static String named(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::modelActual)
        .filter(name -> !name.isEmpty())
        .reduce("", (before, last) -> last);
  }

  private void store(Tx tx, Running debate, Question question, Heard heard, int expected) {
    if (!DebateStore.owns(tx, debate.id(), debate.epoch())) {
      throw new Running.Lost(debate.id());
    }
    Read read = read(debate, question, heard);
    var answered =
        new Answered(
            question.round(),
            question.seat(),
            question.move(),
            question.callId(),
            read.failure(),
            read.content(),
            heard.model(),
            promptSha256(debate, question),
            tokens(heard).input(),
            tokens(heard).output(),
            parts.clock().instant());
    CallStore.endCall(tx, question.callId());
    if (!DebateStore.answer(tx, debate.workspace(), debate.id(), answered)) {
      return;
    }
    var events = new ArrayList<Event>();
    settle(tx, debate, question, heard, events);
    events.addAll(told.of(answered, heard.detail()));
    if (question.seat() > 0) {
      events.addAll(roundEnd(tx, debate, question, expected));
    }
    parts.events().append(tx, debate.workspace(), debate.id(), events);
  }

  /** A text turned into what is kept, or why it cannot be. */
  private record Read(Optional<String> failure, String content) {}

  private static Read read(Running debate, Question question, Heard heard) {
    if (heard.text().isEmpty()) {
      return new Read(Optional.of(heard.failure()), "{}");
    }
    String text = heard.text().get();
    Object answer =
        switch (question.ask().kind()) {
          case DRAFT ->
              Answers.draft(
                  text, debate.brief(), question.seat(), question.round(), debate.looks());
          case CHALLENGE -> Answers.challenge(text, debate.looks());
          case BALLOT -> Answers.ballot(text, question.ownChoice());
          case EDIT -> Answers.edit(text);
        };
    return new Read(Optional.empty(), Json.text(answer));
  }

  private void settle(Tx tx, Running debate, Question question, Heard heard, List<Event> events) {
    for (Attempt attempt : heard.attempts()) {
      if (attempt.mayBeBilled()) {
        Charge charge = charge(question, attempt);
        Settled settled = parts.budgets().settle(tx, debate.row().reservation(), charge);
        parts.meters().spent(settled.charged());
        events.add(SeatEvents.settled(charge, settled));
      }
    }
  }

  private Charge charge(Question question, Attempt attempt) {
    var model = question.model();
    Money oneAttempt =
        Money.ofMicro(question.bound().micro() / parts.providers().billedAttemptsAtMost());
    // Usage nobody told is charged at the bound: too much is refundable, too little is a lie.
    return switch (attempt.usage()) {
      case Usage.Known(Tokens tokens) ->
          new Charge(
              attemptId(question.callId(), attempt.number()),
              question.seat(),
              model.provider(),
              attempt.modelActual().isEmpty() ? model.name() : attempt.modelActual(),
              tokens,
              parts.providers().cost(model, tokens),
              basis(parts, model),
              Charge.Kind.CALL);
      case Usage.Unknown() ->
          new Charge(
              attemptId(question.callId(), attempt.number()),
              question.seat(),
              model.provider(),
              attempt.modelActual().isEmpty() ? model.name() : attempt.modelActual(),
              Tokens.NONE,
              oneAttempt,
              basis(parts, model),
              Charge.Kind.AMBIGUOUS);
    };
  }

  static String basis(DebateParts parts, io.aragora.provider.Model model) {
    return "%s in=%d out=%d per Mtok"
        .formatted(
            parts.providers().priceTableSha256().substring(0, 12),
            model.price().inputMicroPerMtok(),
            model.price().outputMicroPerMtok());
  }

  /** Each attempt has a ledger row of its own; the first has the call's id. */
  static UUID attemptId(UUID callId, int number) {
    return number == 1
        ? callId
        : UUID.nameUUIDFromBytes((callId + "/" + number).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whoever stores a round's last answer tells that it is complete and how the blind vote stands.
   */
  private static List<Event> roundEnd(Tx tx, Running debate, Question question, int expected) {
    if (DebateStore.answered(tx, debate.id(), question.round(), question.move()) < expected) {
      return List.of();
    }
    List<Answered> answers = DebateStore.answers(tx, debate.id());
    List<Answered> round = answers.stream().filter(each -> isOf(each, question)).toList();
    int failed = (int) round.stream().filter(each -> each.failure().isPresent()).count();
    var events = new ArrayList<Event>();
    if (question.move().equals(Replay.DRAFT)) {
      Agreement.blind(debate.brief(), question.round(), answers).ifPresent(events::add);
    }
    events.add(
        new Event.RoundCompleted(question.round(), question.move(), round.size() - failed, failed));
    return events;
  }

  private static boolean isOf(Answered answer, Question question) {
    return answer.round() == question.round() && answer.move().equals(question.move());
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

  private static String promptSha256(Running debate, Question question) {
    return debate.brief().promptSha256().getOrDefault(question.move(), "");
  }
}
