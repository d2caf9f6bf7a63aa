package io.aragora.debate;

import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.brief.Panels;
import io.aragora.debate.engine.Move;
import io.aragora.debate.words.AnswerSchemas;
import io.aragora.debate.words.Answers;
import io.aragora.debate.words.Material;
import io.aragora.debate.words.Prompts;
import io.aragora.kernel.Money;
import io.aragora.platform.json.Json;
import io.aragora.provider.Ask;
import io.aragora.provider.AskKind;
import io.aragora.provider.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Turns the engine's next move into what each seat is asked, word for word. */
final class Questions {
  /** The most an answer to each move may have, in tokens. */
  static final Map<AskKind, Integer> MOST_TOKENS =
      Map.of(
          AskKind.DRAFT, 1_200, AskKind.CHALLENGE, 1_200, AskKind.BALLOT, 700, AskKind.EDIT, 500);

  private final DebateParts parts;
  private final Prompts prompts;

  Questions(DebateParts parts, Prompts prompts) {
    this.parts = parts;
    this.prompts = prompts;
  }

  List<Question> draft(Running debate, Move.Draft move) {
    List<String> options = debate.brief().options().stream().map(Brief.Choice::id).toList();
    String schema = AnswerSchemas.draft(options, ids(debate));
    return move.seats().stream()
        .map(Replay::number)
        .map(
            seat ->
                question(
                    debate,
                    seat,
                    move.round(),
                    AskKind.DRAFT,
                    debate.material().draft(seat),
                    schema,
                    ""))
        .toList();
  }

  List<Question> challenge(Running debate, Move.Challenge move, List<Answered> answers) {
    Map<Integer, Answers.Drafted> drafts = Running.drafts(answers);
    Map<String, Answers.Reason> claims = claims(drafts);
    var questions = new ArrayList<Question>();
    for (Move.Reading reading : move.readings()) {
      int seat = Replay.number(reading.seat());
      List<Answers.Reason> shown =
          reading.claims().stream().map(claim -> known(claims, claim.id())).toList();
      Answers.Drafted own = own(drafts, seat);
      String schema =
          AnswerSchemas.challenge(shown.stream().map(Answers.Reason::id).toList(), ids(debate));
      questions.add(
          question(
              debate,
              seat,
              move.round(),
              AskKind.CHALLENGE,
              debate.material().challenge(seat, shown, own),
              schema,
              own.option()));
    }
    return questions;
  }

  List<Question> ballot(Running debate, Move.Ballot move, List<Answered> answers) {
    Map<Integer, Answers.Drafted> drafts = Running.drafts(answers);
    List<Material.Objected> discussed = discussed(answers);
    List<String> claimIds = discussed.stream().map(each -> each.claim().id()).toList();
    var questions = new ArrayList<Question>();
    for (Move.Sheet sheet : move.sheets()) {
      int seat = Replay.number(sheet.voter());
      var shown = new ArrayList<Material.Shown>();
      for (String author : sheet.drafts()) {
        shown.add(
            new Material.Shown("draft-" + (shown.size() + 1), own(drafts, Replay.number(author))));
      }
      Answers.Drafted own = own(drafts, seat);
      questions.add(
          question(
              debate,
              seat,
              move.round(),
              AskKind.BALLOT,
              debate.material().ballot(seat, sheet.options(), shown, discussed, own),
              AnswerSchemas.ballot(sheet.options(), claimIds),
              own.option()));
    }
    return questions;
  }

  /** The editor sits on the first seat's model but has no vote. */
  Question edit(Running debate, int round, String outcome, String verdict, List<Answered> answers) {
    return question(
        debate,
        0,
        round,
        AskKind.EDIT,
        debate.material().edit(outcome, verdict, discussed(answers)),
        AnswerSchemas.edit(),
        "");
  }

  /** Claims that stand, each with the replies it met. */
  static List<Material.Objected> discussed(List<Answered> answers) {
    var replies = new LinkedHashMap<String, List<Material.Said>>();
    for (Answered answer : answers) {
      if (answer.move().equals(Replay.CHALLENGE) && answer.failure().isEmpty()) {
        for (Answers.Reply reply :
            Json.read(answer.content(), Answers.Challenged.class).replies()) {
          replies
              .computeIfAbsent(reply.claim(), id -> new ArrayList<>())
              .add(new Material.Said(reply.stance(), reply.reasonType(), reply.text()));
        }
      }
    }
    return claims(Running.drafts(answers)).values().stream()
        .filter(Material::stands)
        .map(claim -> new Material.Objected(claim, replies.getOrDefault(claim.id(), List.of())))
        .toList();
  }

  private Question question(
      Running debate,
      int seat,
      int round,
      AskKind kind,
      String material,
      String schema,
      String ownChoice) {
    Brief.Seat place = debate.brief().seat(Math.max(seat, 1));
    Model model = Panels.require(parts.providers(), place.model());
    var ask =
        new Ask(
            callId(debate, seat, round, kind),
            model.id(),
            kind,
            prompts.text(kind),
            material,
            schema,
            MOST_TOKENS.getOrDefault(kind, 500),
            place.temperatureMilli() / 1000.0,
            debate.brief().seed() + seat,
            null);
    return new Question(
        seat, round, Question.moveOf(kind), ownChoice, model, ask, bound(model, ask));
  }

  /** The same question of the same owner has the same id, however often its turn is repeated. */
  private static UUID callId(Running debate, int seat, int round, AskKind kind) {
    String place = "%s/%d/%d/%d/%s".formatted(debate.id(), debate.epoch(), round, seat, kind);
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
  }

  private Money bound(Model model, Ask ask) {
    Money one =
        parts.providers().bound(model, parts.providers().inputTokensAtMost(ask), ask.maxTokens());
    return Money.ofMicro(Math.multiplyExact(one.micro(), parts.providers().billedAttemptsAtMost()));
  }

  private static Map<String, Answers.Reason> claims(Map<Integer, Answers.Drafted> drafts) {
    var claims = new LinkedHashMap<String, Answers.Reason>();
    drafts.values().forEach(draft -> draft.claims().forEach(each -> claims.put(each.id(), each)));
    return claims;
  }

  private static Answers.Reason known(Map<String, Answers.Reason> claims, String id) {
    Answers.Reason claim = claims.get(id);
    if (claim == null) {
      throw new IllegalStateException("no such claim: " + id);
    }
    return claim;
  }

  private static Answers.Drafted own(Map<Integer, Answers.Drafted> drafts, int seat) {
    return drafts.getOrDefault(seat, new Answers.Drafted(List.of(""), List.of(), "0.0000", ""));
  }

  private static List<String> ids(Running debate) {
    return List.copyOf(debate.evidence().keySet());
  }
}
