package io.aragora.debate;

import io.aragora.budget.Budgets;
import io.aragora.budget.Reservation;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Stakes;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.engine.Move;
import io.aragora.debate.words.Answers;
import io.aragora.event.StreamHead;
import io.aragora.kernel.Tokens;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers everything a receipt says about one ended debate; nothing here is invented. */
final class Decisions {
  private final Running debate;
  private final Brief brief;
  private final List<Answered> answers;
  private final Map<Integer, Answers.Drafted> drafts;
  private final DebateParts.Limits limits;

  Decisions(Running debate, List<Answered> answers, DebateParts.Limits limits) {
    this.debate = debate;
    this.brief = debate.brief();
    this.answers = answers;
    this.drafts = Running.drafts(answers);
    this.limits = limits;
  }

  Decision of(Move.Conclude end, StreamHead head, Reservation money, Budgets.Uncertain uncertain) {
    return new Decision(
        debate.id(),
        new Decision.Question(
            brief.question(),
            brief.context().isEmpty() ? null : brief.context(),
            brief.language(),
            brief.domain(),
            brief.riskTier(),
            null),
        options(),
        terms(),
        brief.panel().stream().map(this::seat).toList(),
        Stream.concat(blindVotes(), finalVotes()).toList(),
        new Decision.Ending(end.conclusion(), end.findings(), failures()),
        dissents(end),
        synthesis().orElse(null),
        brief.evidence().stream().map(this::evidence).toList(),
        spending(money, uncertain),
        Decision.Oversight.autonomous(),
        new Decision.Transcript((int) head.count(), head.merkleRoot(), head.hash(), null),
        new Decision.Build(limits.version(), limits.gitSha(), null, null),
        brief.rehearsal());
  }

  /** The options of an open question are the keys the seats named. */
  private List<Decision.Choice> options() {
    return brief.open()
        ? drafts.values().stream()
            .map(Answers.Drafted::option)
            .distinct()
            .sorted()
            .map(key -> new Decision.Choice(key, key))
            .toList()
        : brief.options().stream()
            .map(choice -> new Decision.Choice(choice.id(), choice.label()))
            .toList();
  }

  private Decision.Terms terms() {
    return new Decision.Terms(
        ConsensusRule.parse(brief.rule()),
        brief.irreversible() ? Stakes.IRREVERSIBLE : Stakes.REVERSIBLE,
        brief.quorum(),
        brief.maxRounds(),
        brief.engineVersion(),
        brief.seed(),
        debate.row().frameSha256());
  }

  private Decision.Seat seat(Brief.Seat seat) {
    @Nullable String actual =
        answers.stream()
            .filter(answer -> answer.seat() == seat.seat() && !answer.modelActual().isEmpty())
            .map(Answered::modelActual)
            .reduce((first, second) -> second)
            .orElse(null);
    var parameters =
        Json.object()
            .put("temperature_milli", seat.temperatureMilli())
            .put("seed", brief.seed() + seat.seat());
    return new Decision.Seat(
        Replay.id(seat.seat()),
        seat.lens(),
        seat.family(),
        seat.vendor(),
        seat.provider(),
        seat.name(),
        actual,
        Sha256.of(CanonicalJson.bytes(parameters)).hex(),
        Sha256.of(CanonicalJson.bytes(Json.toTree(brief.promptSha256()))).hex());
  }

  private Stream<Decision.Vote> blindVotes() {
    return given(Replay.DRAFT)
        .map(
            answer -> {
              var draft = Json.read(answer.content(), Answers.Drafted.class);
              return new Decision.Vote(
                  Replay.id(answer.seat()),
                  Decision.Phase.BLIND,
                  draft.ranking(),
                  Math.min(1, draft.ranking().size()),
                  ReasonType.NONE,
                  verified(draft.claims()),
                  null,
                  answer.receivedAt());
            });
  }

  private Stream<Decision.Vote> finalVotes() {
    return given(Replay.BALLOT)
        .map(
            answer -> {
              var ballot = Json.read(answer.content(), Answers.Balloted.class);
              return new Decision.Vote(
                  Replay.id(answer.seat()),
                  Decision.Phase.FINAL,
                  ballot.ranking(),
                  ballot.acceptable(),
                  ReasonType.valueOf(ballot.reasonType().toUpperCase(Locale.ROOT)),
                  verified(claim(ballot.claim())),
                  ballot.reason(),
                  answer.receivedAt());
            });
  }

  private List<Answers.Reason> claim(String id) {
    return drafts.values().stream()
        .flatMap(draft -> draft.claims().stream())
        .filter(claim -> claim.id().equals(id))
        .toList();
  }

  private static List<String> verified(List<Answers.Reason> claims) {
    return claims.stream()
        .flatMap(claim -> claim.evidence().stream())
        .filter(Answers.Quote::verified)
        .map(Answers.Quote::id)
        .distinct()
        .sorted()
        .toList();
  }

  private List<Decision.FailedSeat> failures() {
    var failed = new ArrayList<Decision.FailedSeat>();
    for (Answered answer : answers) {
      if (answer.seat() > 0 && answer.failure().isPresent()) {
        failed.add(
            new Decision.FailedSeat(
                Replay.id(answer.seat()), answer.move() + ": " + answer.failure().get()));
      }
    }
    return failed;
  }

  /** A loser's own words: the reason on the final ballot, else the claims of the draft. */
  private List<Decision.Dissent> dissents(Move.Conclude end) {
    return end.findings() == null
        ? List.of()
        : end.findings().dissenters().stream()
            .map(
                seat -> {
                  Answers.@Nullable Drafted draft = drafts.get(Replay.number(seat));
                  List<Answers.Reason> claims = draft == null ? List.of() : draft.claims();
                  return new Decision.Dissent(
                      seat,
                      words(seat, claims),
                      verified(claims).isEmpty() ? "opinion" : "evidence");
                })
            .toList();
  }

  private String words(String seat, List<Answers.Reason> claims) {
    return given(Replay.BALLOT)
        .filter(answer -> Replay.id(answer.seat()).equals(seat))
        .map(answer -> Json.read(answer.content(), Answers.Balloted.class).reason())
        .filter(reason -> !reason.isBlank())
        .findFirst()
        .orElseGet(() -> String.join("\n", claims.stream().map(Answers.Reason::text).toList()));
  }

  private Optional<String> synthesis() {
    return given(Replay.EDIT)
        .map(answer -> Json.read(answer.content(), Answers.Edited.class).summary())
        .findFirst();
  }

  private Decision.Evidence evidence(Brief.Attached attached) {
    boolean quoted =
        drafts.values().stream()
            .flatMap(draft -> draft.claims().stream())
            .flatMap(claim -> claim.evidence().stream())
            .anyMatch(quote -> quote.verified() && quote.id().equals(attached.id()));
    return new Decision.Evidence(
        attached.id(), "text", attached.sha256(), "attached", quoted, "workspace");
  }

  private Decision.Spending spending(Reservation money, Budgets.Uncertain uncertain) {
    Tokens tokens =
        new Tokens(
            answers.stream().mapToLong(Answered::inputTokens).sum(),
            answers.stream().mapToLong(Answered::outputTokens).sum());
    int calls =
        (int)
            answers.stream()
                .filter(answer -> !Objects.equals(answer.failure().orElse(""), Replay.OVER_BUDGET))
                .count();
    return new Decision.Spending(
        brief.cap(),
        money.amount(),
        money.spent(),
        brief.priceTableSha256(),
        calls,
        tokens,
        new Decision.Uncertain(uncertain.calls(), uncertain.charged()));
  }

  private Stream<Answered> given(String move) {
    return answers.stream()
        .filter(answer -> answer.move().equals(move) && answer.failure().isEmpty());
  }
}
