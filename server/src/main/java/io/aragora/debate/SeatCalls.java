package io.aragora.debate;

import io.aragora.event.Speaker;
import io.aragora.event.Speech;
import io.aragora.platform.egress.Deadline;
import io.aragora.provider.Answer;
import io.aragora.provider.Attempt;
import io.aragora.provider.ProviderFailure;
import io.aragora.provider.TokenSink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks one seat; no transaction is open meanwhile. */
final class SeatCalls {
  private final DebateParts parts;

  SeatCalls(DebateParts parts) {
    this.parts = parts;
  }

  /** What a call brought: text or a typed failure, and every request made for it. */
  record Heard(
      Question question,
      Optional<String> text,
      String failure,
      String detail,
      String model,
      List<Attempt> attempts) {}

  /** Asks; empty when the call was cut off, for then nobody knows what it came to. */
  Optional<Heard> ask(Running debate, Question question, Deadline deadline) {
    long start = System.nanoTime();
    Heard heard = hear(debate, question, deadline);
    if (Thread.interrupted()) {
      return Optional.empty();
    }
    parts
        .meters()
        .providerCall(
            question.model().provider(),
            heard.text().isPresent() ? "ok" : heard.failure(),
            Duration.ofNanos(System.nanoTime() - start));
    return Optional.of(heard);
  }

  private Heard hear(Running debate, Question question, Deadline deadline) {
    try (Speech speech = parts.feed().speak(speaker(debate, question))) {
      return heard(debate, question, deadline, speech);
    }
  }

  private static Speaker speaker(Running debate, Question question) {
    return new Speaker(
        debate.workspace(),
        debate.id(),
        question.round(),
        question.seat(),
        question.move(),
        question.callId());
  }

  private static TokenSink sink(Speech speech) {
    return new TokenSink() {
      @Override
      public void text(String piece) {
        speech.say(piece);
      }

      @Override
      public void restart() {
        speech.restart();
      }
    };
  }

  private Heard heard(Running debate, Question question, Deadline deadline, Speech speech) {
    try {
      Answer answer =
          parts.providers().ask(debate.workspace(), question.ask(), deadline, sink(speech));
      speech.done();
      return new Heard(
          question, Optional.of(answer.text()), "", "", answer.modelActual(), answer.attempts());
    } catch (ProviderFailure failed) {
      if (!Thread.currentThread().isInterrupted()) {
        speech.done();
      }
      String code = failed.kind().name().toLowerCase(Locale.ROOT);
      return new Heard(
          question,
          Optional.empty(),
          code,
          failed.detail(),
          named(failed.attempts()),
          failed.attempts());
    }
  }

  /** The model that answered last, though its answer could not be used. */
  private static String named(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::modelActual)
        .filter(name -> !name.isEmpty())
        .reduce("", (before, last) -> last);
  }
}
