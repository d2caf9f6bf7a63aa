package io.aragora.debate;

import io.aragora.debate.words.Prompts;
import io.aragora.kernel.DebateId;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.JobKind;
import io.aragora.platform.job.JobRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Carries one debate from where it stands to its receipt, whatever happened to the node before. */
final class DebateWorker implements JobHandler {
  static final JobKind KIND = new JobKind("debate", 8, Duration.ofMillis(500));

  private final Turns turns;
  private final Rounds rounds;

  /** Debates in the hands of this process. */
  private final ConcurrentMap<DebateId, CountDownLatch> here = new ConcurrentHashMap<>();

  DebateWorker(DebateParts parts, Prompts prompts) {
    this.turns = new Turns(parts, prompts);
    this.rounds = new Rounds(parts, turns);
  }

  @Override
  public JobKind kind() {
    return KIND;
  }

  /**
   * A node that could not renew its lease, because the database was away, gets the job again while
   * it still holds answers in hand: they are paid for, so the run that has them goes on.
   */
  @Override
  public void run(JobRun run) throws InterruptedException {
    var id = new DebateId(run.subject());
    var done = new CountDownLatch(1);
    for (CountDownLatch other = here.putIfAbsent(id, done);
        other != null;
        other = here.putIfAbsent(id, done)) {
      if (other.await(1, TimeUnit.SECONDS) || !run.isDraining()) {
        continue;
      }
      run.giveBack();
      return;
    }
    try {
      Optional<Turns.Taken> taken = turns.takeUp(run.workspace(), id);
      if (taken.isPresent()) {
        carry(run, taken.get());
      }
    } catch (Running.Lost elsewhere) {
      System.getLogger("debate").log(System.Logger.Level.INFO, elsewhere::getMessage);
      // Were the lease still ours, removing the job would orphan a debate that another run carries.
      run.giveBack();
    } finally {
      here.remove(id);
      done.countDown();
    }
  }

  /** A debate is never given up: once its deadline passes, the next attempt closes it as such. */
  @Override
  public void gaveUp(JobRun run, Throwable cause) {
    throw new IllegalStateException("debate " + run.subject() + " keeps failing", cause);
  }

  private void carry(JobRun run, Turns.Taken taken) throws InterruptedException {
    Turn turn = taken.turn();
    while (turn instanceof Turn.Ask ask) {
      turn = rounds.ask(taken.running(), ask, run::isDraining);
      run.progressed();
    }
    if (turn instanceof Turn.GiveBack) {
      run.giveBack();
    }
  }
}
