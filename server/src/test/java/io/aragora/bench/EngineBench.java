package io.aragora.bench;

import io.aragora.consensus.ConsensusRule.Supermajority;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Seat;
import io.aragora.debate.engine.Contribution;
import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Claim.Check;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Claim.Trust;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Contribution.Reply;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.DebateEngine;
import io.aragora.debate.engine.DebateState;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.debate.engine.Frame;
import io.aragora.debate.engine.Move;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The engine in memory: three seats, two challenge rounds, texts of 1.5 kB, all analysis on. One
 * debate is 12 answers: 3 drafts, 6 challenges, 3 ballots.
 */
public final class EngineBench {
  private static final int SCRIPTS = 64;
  private static final int ANSWERS = 12;
  private static final int TEXT = 1500;
  private static final int RUNS = Scale.runs();
  private static final int WARM_UP = Scale.of(15_000);
  private static final int RUN = 10_000;
  private static final List<String> OPTIONS = List.of("one", "two", "three");

  private final List<Script> scripts = new ArrayList<>();

  /** What the three seats of one debate answer. */
  private record Script(
      Frame frame, List<Draft> drafts, List<List<Claim>> added, List<FinalBallot> ballots) {}

  /** What one thread did: debates, and its own processor time. */
  private record Done(long debates, long nanos) {}

  private EngineBench(Random random) {
    for (int i = 0; i < SCRIPTS; i++) {
      scripts.add(script(random, i));
    }
  }

  public static void main(String[] args) throws Exception {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    var bench = new EngineBench(new Random(42));
    bench.measure(threads, WARM_UP);
    double[] rates = new double[RUNS];
    double[] micros = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      Done done = bench.measure(threads, RUN);
      rates[run] = done.debates() * 1e9 / (System.nanoTime() - start);
      micros[run] = done.nanos() / 1e3 / done.debates();
    }
    report(threads, rates, micros);
  }

  private static void report(int threads, double[] rates, double[] micros) {
    String setup =
        "3 seats, 2 challenge rounds, %d answers (a unit of 24 calls is two debates), texts of %d B, "
                .formatted(ANSWERS, TEXT)
            + "analysis on, %d threads, %d debates a thread a run".formatted(threads, RUN);
    var figures = new Figures("engine");
    figures.add(
        new Figures.Label("engine_rate", "debates in memory, no I/O", "debates/s", setup),
        rates,
        new Figures.Target.AtLeast(2_000));
    figures.add(
        new Figures.Label("engine_cpu", "processor time of one debate", "us", setup),
        micros,
        new Figures.Target.None());
    figures.print();
  }

  private Done measure(int threads, int debates) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Done>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int offset = t;
        tasks.add(() -> loop(offset, debates));
      }
      long played = 0;
      long used = 0;
      for (Future<Done> future : pool.invokeAll(tasks)) {
        played += future.get().debates();
        used += future.get().nanos();
      }
      return new Done(played, used);
    }
  }

  /** Counted, not timed: a busy machine then costs time and not warm-up. */
  private Done loop(int offset, int debates) {
    var clock = ManagementFactory.getThreadMXBean();
    long cpu = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < debates; i++) {
      play(scripts.get((i + offset) % SCRIPTS));
    }
    return new Done(debates, clock.getCurrentThreadCpuTime() - cpu);
  }

  private static void play(Script script) {
    DebateState state = DebateState.of(script.frame());
    int answers = 0;
    while (true) {
      switch (DebateEngine.next(state)) {
        case Move.Draft _ -> {
          for (Draft draft : script.drafts()) {
            state = state.with(draft);
            answers++;
          }
        }
        case Move.Challenge move -> {
          for (Move.Reading reading : move.readings()) {
            state = state.with(challenge(script, move.round(), reading));
            answers++;
          }
        }
        case Move.Ballot _ -> {
          for (FinalBallot ballot : script.ballots()) {
            state = state.with(ballot);
            answers++;
          }
        }
        case Move.Decide _ -> state = state.marked(Mark.WORDS_WRITTEN);
        case Move.Conclude _ -> {
          if (answers != ANSWERS) {
            throw new IllegalStateException("a debate of " + answers + " answers");
          }
          return;
        }
      }
    }
  }

  private static Contribution challenge(Script script, int round, Move.Reading reading) {
    List<Reply> replies = new ArrayList<>();
    for (Claim claim : reading.claims()) {
      replies.add(new Reply(claim.id(), Stance.ACCEPT, ReasonType.RULE, null, claim.text()));
    }
    int seat = reading.seat().charAt(1) - '0';
    List<Claim> all = script.added().get(seat);
    int half = all.size() / 2;
    return new Challenge(
        reading.seat(), round, replies, round == 2 ? all.subList(0, half) : all.subList(half, 10));
  }

  private static Script script(Random random, int number) {
    List<Seat> panel = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    List<List<Claim>> added = new ArrayList<>();
    List<FinalBallot> ballots = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String seat = "s" + i;
      panel.add(new Seat(seat, "m" + i, "f" + i, "v" + i));
      String option = OPTIONS.get((number + i) % 3);
      List<Claim> claims = claims(random, "d" + i, 5);
      drafts.add(new Draft(seat, List.of(option), 1, words(random, TEXT), claims));
      added.add(claims(random, "x" + i, 10));
      String cited = "d" + (i + 1) % 3 + "-0";
      String choice = OPTIONS.get((number + 1) % 3);
      String why = words(random, TEXT);
      ballots.add(new FinalBallot(seat, 1, List.of(choice), 1, ReasonType.EVIDENCE, cited, why));
    }
    return new Script(
        Frame.of(OPTIONS, new Supermajority(2, 3), panel, 2, number), drafts, added, ballots);
  }

  private static List<Claim> claims(Random random, String prefix, int count) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var citation =
          new Citation("e" + random.nextInt(9), "report.pdf", Check.VERIFIED, Trust.TRUSTED);
      claims.add(new Claim(prefix + "-" + i, words(random, TEXT / 5), List.of(citation)));
    }
    return claims;
  }

  private static String words(Random random, int length) {
    var text = new StringBuilder(length + 12);
    while (text.length() < length) {
      for (int i = 2 + random.nextInt(9); i > 0; i--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(random.nextInt(12) == 0 ? ". " : " ");
    }
    return text.substring(0, length);
  }
}
