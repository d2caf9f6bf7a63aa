package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debates that all wait for a slow model at once, in a heap of 512 MB; then all of them end. */
final class WaitingBench {
  private static final int DEBATES = Scale.of(1_000);
  private static final int SEATS = 3;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(4);
  private static final int MOST_REFUSALS = 60;
  private static final String SETUP =
      "%d debates of 3 seats, %d calls held open by the model at once; -Xmx512m, one run"
          .formatted(DEBATES, SEATS * DEBATES);

  private static final List<String> COUNTED =
      List.of("DECIDED", "DECIDED_WITH_DISSENT", "NO_CONSENSUS", "REVIEW");

  private WaitingBench() {}

  public static void main(String[] none) throws Exception {
    var figures = new Figures("waiting");
    try (var home = BenchHome.open();
        var model = SlowModel.held()) {
      var settings = new HashMap<>(model.settings());
      settings.put("ARAGORA_DEBATES_AT_ONCE", Integer.toString(DEBATES));
      // They wait until all are out, however long that takes.
      settings.putAll(
          Map.of(
              "ARAGORA_CALL_SECONDS", "900",
              "ARAGORA_ROUND_SECONDS", "900",
              "ARAGORA_DEBATE_SECONDS", "900"));
      settings.put("ARAGORA_MONTHLY_CAP", "1000000000000");
      try (var server = BenchServer.start(home, settings);
          var http = new LightHttp(server.port(), BenchServer.key(home))) {
        double idle = server.liveHeapMegabytes();
        double idleThreads = server.threads();
        double refused = 0;
        for (int i = 0; i < DEBATES; i++) {
          refused += open(http, SlowModel.brief("Case " + i, 0));
        }
        await("all calls are out", () -> model.asked() >= SEATS * DEBATES);
        double waiting = server.liveHeapMegabytes();
        add(figures, "waiting_heap", "live heap while all wait", "MB", waiting, atMost(512));
        add(
            figures,
            "waiting_heap_each",
            "live heap of one waiting debate",
            "kB",
            (waiting - idle) * 1024 / DEBATES,
            new Target.None());
        add(
            figures,
            "waiting_threads",
            "more threads of the system than when idle",
            "threads",
            server.threads() - idleThreads,
            new Target.None());
        add(
            figures,
            "waiting_rss",
            "resident memory while all wait",
            "MB",
            server.residentMegabytes(),
            new Target.None());
        add(
            figures,
            "waiting_refused",
            "requests to open that were told 503 and sent again",
            "requests",
            refused,
            new Target.None());
        long start = System.nanoTime();
        model.letGo();
        await("all debates are closed", () -> ended(http, false) >= DEBATES);
        add(
            figures,
            "waiting_drained",
            "from the first answer to the last receipt",
            "s",
            (System.nanoTime() - start) / 1e9,
            new Target.None());
        add(
            figures,
            "waiting_ended",
            "debates that a count of votes ended, with a receipt",
            "debates",
            ended(http, true),
            new Target.AtLeast(DEBATES));
      }
    }
    figures.print();
  }

  /** Sends the request again while the server is too busy; returns how often it was. */
  private static int open(LightHttp http, String brief) throws Exception {
    for (int refused = 0; ; refused++) {
      LightHttp.Reply reply = http.post("/api/v1/debates", brief);
      if (reply.status() == 202) {
        return refused;
      }
      if (reply.status() != 503 || refused == MOST_REFUSALS) {
        throw new IllegalStateException(reply.toString());
      }
      Thread.sleep(500);
    }
  }

  private static Target atMost(double bound) {
    return new Target.AtMost(bound);
  }

  private static void add(
      Figures figures, String id, String what, String unit, double value, Target target) {
    figures.add(new Label(id, what, unit, SETUP), new double[] {value}, target);
  }

  @FunctionalInterface
  private interface Question {
    boolean isTrue() throws Exception;
  }

  private static void await(String what, Question question) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!question.isTrue()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("did not happen: " + what);
      }
      Thread.sleep(250);
    }
  }

  /** Debates with a receipt; if so wished, only those no lost seat, deadline or cap ended. */
  private static int ended(LightHttp http, boolean counted) throws Exception {
    int ended = 0;
    String cursor = "";
    do {
      var page = Json.tree(http.get("/api/v1/debates?limit=100" + cursor).body());
      for (var debate : page.path("items")) {
        boolean isCounted = COUNTED.contains(debate.path("outcome").asText());
        ended += debate.hasNonNull("receipt_id") && (isCounted || !counted) ? 1 : 0;
      }
      cursor = page.hasNonNull("next_cursor") ? "&cursor=" + page.path("next_cursor").asText() : "";
    } while (!cursor.isEmpty());
    return ended;
  }
}
