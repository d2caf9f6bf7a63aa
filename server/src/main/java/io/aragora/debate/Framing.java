package io.aragora.debate;

import io.aragora.consensus.BlindQuorum;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.brief.Briefs;
import io.aragora.debate.brief.Panels;
import io.aragora.debate.words.Material;
import io.aragora.debate.words.Prompts;
import io.aragora.evidence.EvidenceText;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.kernel.Refusal;
import io.aragora.provider.Ask;
import io.aragora.provider.AskKind;
import io.aragora.provider.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fixes everything a debate starts from: panel, evidence, seed, and the most it can cost. */
final class Framing {
  private static final String ENGINE = "blind-challenge-ballot/1";

  /** What later moves can add to a prompt: tokens of others' answers, four bytes each. */
  private static final int BYTES_PER_TOKEN = 4;

  private final DebateParts parts;
  private final Prompts prompts;

  Framing(DebateParts parts, Prompts prompts) {
    this.parts = parts;
    this.prompts = prompts;
  }

  /** A brief with its price: what everything and what only the blind round can cost at most. */
  record Framed(Brief brief, Money bound, Money blindRound, int callsAtLeast, int callsAtMost) {}

  Framed of(Briefs.Checked checked, List<EvidenceText> texts, UUID id, Instant now) {
    if (texts.size() < checked.evidence().size()) {
      throw Refusal.invalid(
          "/evidence", "unknown", "attach the text first: PUT /api/v1/evidence/{sha256}");
    }
    List<Brief.Seat> panel = Panels.seat(parts.providers(), checked.panel());
    Brief draft = brief(checked, texts, panel, id, now, Money.ZERO);
    return priced(draft, texts);
  }

  private Framed priced(Brief brief, List<EvidenceText> texts) {
    Map<String, EvidenceText> byId = new LinkedHashMap<>();
    for (int at = 0; at < texts.size(); at++) {
      byId.put(brief.evidence().get(at).id(), texts.get(at));
    }
    var material = new Material(brief, byId);
    int seats = brief.panel().size();
    Money bound = Money.ZERO;
    Money blind = Money.ZERO;
    for (Brief.Seat seat : brief.panel()) {
      Money draft = call(seat, AskKind.DRAFT, material.draft(seat.seat()), 0);
      Money challenge = call(seat, AskKind.CHALLENGE, material.draft(seat.seat()), 3);
      Money ballot =
          call(seat, AskKind.BALLOT, material.draft(seat.seat()), seats * (1 + brief.maxRounds()));
      blind = blind.plus(draft);
      bound = bound.plus(draft).plus(times(challenge, brief.maxRounds())).plus(ballot);
    }
    Brief.Seat editor = brief.panel().getFirst();
    bound = bound.plus(call(editor, AskKind.EDIT, material.draft(editor.seat()), seats));
    return new Framed(
        brief.bounded(bound), bound, blind, seats + 1, seats * (2 + brief.maxRounds()) + 1);
  }

  /** The bound of one call whose prompt also holds {@code answers} others' answers. */
  private Money call(Brief.Seat seat, AskKind kind, String material, int answers) {
    Model model = Panels.require(parts.providers(), seat.model());
    int most = Questions.MOST_TOKENS.getOrDefault(kind, 500);
    var ask =
        new Ask(
            new UUID(0, 0), model.id(), kind, prompts.text(kind), material, "{}", most, 0, 0, null);
    int schemaAndAnswers =
        4_000 + answers * Questions.MOST_TOKENS.getOrDefault(AskKind.DRAFT, 0) * BYTES_PER_TOKEN;
    long input = parts.providers().inputTokensAtMost(ask) + schemaAndAnswers;
    return times(
        parts.providers().bound(model, input, most), parts.providers().billedAttemptsAtMost());
  }

  private Brief brief(
      Briefs.Checked checked,
      List<EvidenceText> texts,
      List<Brief.Seat> panel,
      UUID id,
      Instant now,
      Money bound) {
    var attached = new ArrayList<Brief.Attached>();
    for (EvidenceText text : texts) {
      attached.add(new Brief.Attached("e" + (attached.size() + 1), text.sha256(), text.name()));
    }
    return new Brief(
        checked.question(),
        checked.context(),
        checked.options(),
        checked.open(),
        checked.rule().wire(),
        BlindQuorum.needed(panel.size()),
        checked.maxRounds(),
        checked.irreversible(),
        // A seed below 2^53 stays a whole number in every reader of the frame.
        checked.seed().orElse(id.getLeastSignificantBits() & 0xFFFF_FFFF_FFFFL),
        panel,
        attached,
        checked.cap().orElse(Money.ofMicro(parts.limits().capMicro())),
        bound,
        (int) parts.limits().call().toSeconds(),
        checked.deadlineSeconds().orElse((int) parts.limits().debate().toSeconds()),
        checked.language(),
        checked.domain(),
        checked.riskTier(),
        ENGINE,
        parts.providers().priceTableSha256(),
        prompts.sha256s(),
        now,
        panel.stream()
            .anyMatch(seat -> Panels.require(parts.providers(), seat.model()).isRehearsal()));
  }

  /** Refuses a cap that does not even pay for the blind round: nothing could come of it. */
  static Money hold(Framed framed) {
    if (framed.brief().cap().compareTo(framed.blindRound()) < 0) {
      throw Refusal.of(
          ErrorCode.BUDGET_EXCEEDED,
          "the cap of %s does not pay for the blind round, which can cost %s"
              .formatted(framed.brief().cap(), framed.blindRound()));
    }
    return framed.bound().min(framed.brief().cap());
  }

  private static Money times(Money money, int factor) {
    return Money.ofMicro(Math.multiplyExact(money.micro(), factor));
  }
}
