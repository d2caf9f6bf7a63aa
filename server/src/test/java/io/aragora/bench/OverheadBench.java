package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.bench.SlowModel.Busy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the server adds to a model call. Debates of ten calls in four moves arrive at a fixed rate
 * and ask a model that takes 200 ms. The overhead of a debate is its time from POST to closed less
 * the time in which a model was busy for it, shared out over the four calls that follow each other.
 */
final class OverheadBench {
  private static final int LATENCY_MILLIS = 200;
  private static final double CALLS_PER_SECOND = 50;
  private static final int CALLS = 10;
  private static final int DEBATES = Scale.of(150);
  private static final String SETUP =
      "%d debates a run at 5/s (50 calls/s), open loop; 3 drafts, 3 challenges, 3 ballots, 1 edit; "
              .formatted(DEBATES)
          + "model of %d ms over HTTP; server in a JVM of its own".formatted(LATENCY_MILLIS);

  private final Map<Integer, Wall> walls = new ConcurrentHashMap<>();
  private final LightHttp http;
  private final SlowModel model;

  private OverheadBench(LightHttp http, SlowModel model) {
    this.http = http;
    this.model = model;
  }

  public static void main(String[] none) throws Exception {
    try (var home = BenchHome.open();
        var model = SlowModel.taking(Duration.ofMillis(LATENCY_MILLIS));
        var server = BenchServer.start(home, model.settings());
        var http = new LightHttp(server.port(), BenchServer.key(home))) {
      new OverheadBench(http, model).measure();
    }
  }

  private void measure() throws Exception {
    int runs = Scale.runs();
    double[][] found = new double[6][runs];
    arrive(Math.max(20, DEBATES / 2), 0);
    for (int run = 0; run < runs; run++) {
      walls.clear();
      model.takeBusy();
      arrive(DEBATES, (run + 1) * 10_000);
      long[][] seen = overheads(model.takeBusy());
      found[0][run] = Figures.millis(seen[0], 0.50);
      found[1][run] = Figures.millis(seen[0], 0.99);
      found[2][run] = Figures.millis(seen[1], 0.50);
      found[3][run] = Figures.millis(seen[1], 0.99);
      found[4][run] = Figures.millis(seen[2], 0.50);
      found[5][run] = Figures.millis(seen[3], 0.50);
    }
    var figures = new Figures("overhead");
    String call = "overhead of a model call, opening and closing shared out, ";
    String turn = "a move's last answer out to the next move's first question in, ";
    figures.add(label("overhead_call_p50", call + "p50"), found[0], new Target.AtMost(3));
    figures.add(label("overhead_call_p99", call + "p99"), found[1], new Target.AtMost(15));
    figures.add(label("overhead_turn_p50", turn + "p50"), found[2], new Target.None());
    figures.add(label("overhead_turn_p99", turn + "p99"), found[3], new Target.None());
    String open = "POST in to first question out, p50";
    String close = "last answer out to the receipt's answer in, p50";
    figures.add(label("overhead_open_p50", open), found[4], new Target.None());
    figures.add(label("overhead_close_p50", close), found[5], new Target.None());
    figures.print();
  }

  private static Label label(String id, String what) {
    return new Label(id, what, "ms", SETUP);
  }

  private void arrive(int debates, int first) throws Exception {
    OpenLoop.run(
        CALLS_PER_SECOND / CALLS,
        debates,
        number -> {
          int at = first + number;
          long start = System.nanoTime();
          LightHttp.Reply reply =
              http.post("/api/v1/debates", SlowModel.brief("Case " + at, 1), "Prefer: wait=60\r\n");
          if (reply.status() != 200) {
            throw new IllegalStateException(reply.toString());
          }
          walls.put(at, new Wall(start, System.nanoTime()));
        });
  }

  /** When a client asked and was answered, in nanoseconds of this JVM. */
  private record Wall(long asked, long answered) {}

  /**
   * Per debate, per turn from one move to the next, before the first and after the last; sorted.
   */
  private long[][] overheads(List<Busy> busy) {
    var calls = new ArrayList<Long>();
    var turns = new ArrayList<Long>();
    var opens = new ArrayList<Long>();
    var closes = new ArrayList<Long>();
    Map<String, List<Busy>> debates = busy.stream().collect(Collectors.groupingBy(Busy::question));
    for (Map.Entry<Integer, Wall> each : walls.entrySet()) {
      List<long[]> moves = moves(debates.getOrDefault("Case " + each.getKey(), List.of()));
      Wall wall = each.getValue();
      long worked = moves.stream().mapToLong(move -> move[1] - move[0]).sum();
      calls.add((wall.answered() - wall.asked() - worked) / moves.size());
      opens.add(moves.getFirst()[0] - wall.asked());
      closes.add(wall.answered() - moves.getLast()[1]);
      for (int i = 1; i < moves.size(); i++) {
        turns.add(moves.get(i)[0] - moves.get(i - 1)[1]);
      }
    }
    return new long[][] {sorted(calls), sorted(turns), sorted(opens), sorted(closes)};
  }

  /** When each move's first call began and its last ended, in order. */
  private static List<long[]> moves(List<Busy> busy) {
    Map<String, long[]> moves = new TreeMap<>();
    for (Busy each : busy) {
      moves.merge(
          each.move(),
          new long[] {each.began(), each.ended()},
          (one, other) -> new long[] {Math.min(one[0], other[0]), Math.max(one[1], other[1])});
    }
    return moves.values().stream().sorted(Comparator.comparingLong(move -> move[0])).toList();
  }

  private static long[] sorted(List<Long> nanos) {
    long[] all = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(all);
    return all;
  }
}
