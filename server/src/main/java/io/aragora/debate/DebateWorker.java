package io.aragora.debate;

import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.DebateStore.Stored;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.engine.DebateEngine;
import io.aragora.debate.engine.DebateState;
import io.aragora.debate.engine.Move;
import io.aragora.event.Event;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.JobKind;
import io.aragora.platform.job.JobRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries one debate from where it stands to its receipt, whatever happened to the node before. */
final class DebateWorker implements JobHandler {
  static final JobKind KIND = new JobKind("debate", 8, Duration.ofMillis(500));

  /** A debate has at most a draft, two challenges, a ballot, the words and the close. */
  private static final int MOST_STEPS = 24;

  private final DebateParts parts;
  private final Questions questions;
  private final Rounds rounds;
  private final Closing closing;

  DebateWorker(DebateParts parts, Prompts prompts) {
    this.parts = parts;
    this.questions = new Questions(parts, prompts);
    this.rounds = new Rounds(parts);
    this.closing = new Closing(parts);
  }

  @Override
  public JobKind kind() {
    return KIND;
  }

  @Override
  public void run(JobRun run) throws InterruptedException {
    var id = new DebateId(run.subject());
    try {
      Optional<Running> debate =
          parts.database().inTransaction(run.workspace(), tx -> takeUp(tx, run.workspace(), id));
      if (debate.isPresent()) {
        carry(run, debate.get());
      }
    } catch (Running.Lost elsewhere) {
      System.getLogger("debate").log(System.Logger.Level.INFO, elsewhere::getMessage);
    }
  }

  /** A debate is never given up: once its deadline passes, the next attempt closes it as such. */
  @Override
  public void gaveUp(JobRun run, Throwable cause) {
    throw new IllegalStateException("debate " + run.subject() + " keeps failing", cause);
  }

  private void carry(JobRun run, Running debate) throws InterruptedException {
    for (int step = 0; step < MOST_STEPS; step++) {
      if (run.isDraining()) {
        run.giveBack();
        return;
      }
      List<Answered> answers = answers(debate);
      DebateState state = closing.marked(debate, Replay.state(debate.brief(), answers));
      Move move = DebateEngine.next(state);
      if (move instanceof Move.Conclude conclude) {
        closing.close(debate, conclude, answers);
        return;
      }
      rounds.run(debate, asked(debate, move, answers), answers);
    }
    throw new IllegalStateException("debate " + debate.id() + " does not come to an end");
  }

  private List<Question> asked(Running debate, Move move, List<Answered> answers) {
    return switch (move) {
      case Move.Draft draft -> questions.draft(debate, draft);
      case Move.Challenge challenge -> questions.challenge(debate, challenge, answers);
      case Move.Ballot ballot -> questions.ballot(debate, ballot, answers);
      case Move.Decide(var conclusion, var findings) ->
          List.of(
              questions.edit(
                  debate,
                  lastRound(answers) + 1,
                  Wire.of(conclusion.outcome()),
                  conclusion.verdict().orElse(""),
                  answers));
      case Move.Conclude end -> throw new IllegalStateException("nothing to ask: " + end);
    };
  }

  /**
   * Takes ownership; calls that were running when the last owner died are charged at their bound.
   */
  private Optional<Running> takeUp(Tx tx, WorkspaceId workspace, DebateId id) {
    Optional<Long> epoch = DebateStore.own(tx, id);
    if (epoch.isEmpty()) {
      return Optional.empty();
    }
    Stored row = DebateStore.find(tx, id).orElseThrow();
    Brief brief = Brief.parse(row.frame());
    var texts =
        parts.evidence().texts(tx, brief.evidence().stream().map(Brief.Attached::sha256).toList());
    Running debate = Running.of(workspace, row, texts, epoch.get());
    var events = new ArrayList<Event>();
    if (epoch.get() == 1) {
      events.add(started(debate));
    }
    OpenCalls.settle(parts, tx, debate, events);
    if (!events.isEmpty()) {
      parts.events().append(tx, workspace, id, events);
    }
    return Optional.of(debate);
  }

  private static Event started(Running debate) {
    return new Event.DebateStarted(
        debate.row().frameSha256(),
        debate.brief().panel().stream()
            .map(
                seat ->
                    new Event.PanelSeat(
                        seat.seat(), seat.lens(), seat.provider(), seat.model(), seat.family()))
            .toList());
  }

  private List<Answered> answers(Running debate) {
    return parts
        .database()
        .inTransaction(debate.workspace(), tx -> DebateStore.answers(tx, debate.id()));
  }

  private static int lastRound(List<Answered> answers) {
    return answers.stream().mapToInt(Answered::round).max().orElse(0);
  }
}
