package io.aragora.debate;

import io.aragora.budget.Charge;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.provider.Attempt;
import io.aragora.provider.Model;
import io.aragora.provider.Usage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What each attempt of a call costs: as told by the provider, else the bound of one attempt. */
final class Charges {
  private Charges() {}

  static Charge of(DebateParts parts, Question question, Attempt attempt) {
    Model model = question.model();
    String name = attempt.modelActual().isEmpty() ? model.name() : attempt.modelActual();
    UUID id = attemptId(question.callId(), attempt.number());
    // Usage nobody told is charged at the bound: too much is refundable, too little is a lie.
    return switch (attempt.usage()) {
      case Usage.Known(Tokens tokens) ->
          new Charge(
              id,
              question.seat(),
              model.provider(),
              name,
              tokens,
              parts.providers().cost(model, tokens),
              basis(parts, model),
              Charge.Kind.CALL);
      case Usage.Unknown() ->
          new Charge(
              id,
              question.seat(),
              model.provider(),
              name,
              Tokens.NONE,
              Money.ofMicro(question.bound().micro() / parts.providers().billedAttemptsAtMost()),
              basis(parts, model),
              Charge.Kind.AMBIGUOUS);
    };
  }

  /** A call that was open when its node died: nobody knows how many attempts it came to. */
  static Charge ofOpen(DebateParts parts, CallStore.Open open, Model model) {
    return new Charge(
        open.callId(),
        open.seat(),
        model.provider(),
        model.name(),
        Tokens.NONE,
        Money.ofMicro(open.boundMicro()),
        basis(parts, model),
        Charge.Kind.AMBIGUOUS);
  }

  private static String basis(DebateParts parts, Model model) {
    return "%s in=%d out=%d per Mtok"
        .formatted(
            parts.providers().priceTableSha256().substring(0, 12),
            model.price().inputMicroPerMtok(),
            model.price().outputMicroPerMtok());
  }

  /** Each attempt has a ledger row of its own; the first has the call's id. */
  private static UUID attemptId(UUID callId, int number) {
    return number == 1
        ? callId
        : UUID.nameUUIDFromBytes((callId + "/" + number).getBytes(StandardCharsets.UTF_8));
  }
}
