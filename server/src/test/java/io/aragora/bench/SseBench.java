package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.json.Json;
import java.net.Socket;
import java.util.Arrays;

/** Watching a debate: how soon the first byte comes, and one thinking seat told to a crowd. */
final class SseBench {
  private static final int PIECES = Scale.of(200);
  private static final int VIEWERS = Scale.of(1_000);
  private static final int CONNECTS = Scale.of(300);
  private static final String FAN_OUT =
      "%d viewers of one debate, 20 pieces/s for %d s, from written by the model to read by a viewer; "
              .formatted(VIEWERS, PIECES / 20)
          + "viewers and model in one JVM, the server in another, on the same cores";
  private static final String FIRST =
      "GET .../events of a closed debate, a new connection each, one after the other, %d a run"
          .formatted(CONNECTS);

  private SseBench() {}

  public static void main(String[] none) throws Exception {
    int runs = Scale.runs();
    double[][] found = new double[6][runs];
    try (var home = BenchHome.open()) {
      String key = BenchServer.key(home);
      for (int run = 0; run < runs; run++) {
        Crowd crowd = crowd(home, key, VIEWERS, PIECES);
        found[0][run] = crowd.firstByteP95();
        found[1][run] = Figures.millis(crowd.seen().sortedNanos(), 0.50);
        found[2][run] = Figures.millis(crowd.seen().sortedNanos(), 0.99);
        found[3][run] = crowd.seen().missed();
        found[4][run] = crowd.seen().closed();
        found[5][run] = crowd.cpuMicrosPerFrame();
      }
    }
    var figures = new Figures("sse");
    figures.add(
        new Label("first_byte_p95", "first byte, p95", "ms", FIRST),
        found[0],
        new Target.AtMost(30));
    figures.add(label("fan_out_p50", "fan-out, p50", "ms"), found[1], new Target.None());
    figures.add(label("fan_out_p99", "fan-out, p99", "ms"), found[2], new Target.AtMost(100));
    figures.add(
        label("fan_out_gaps", "pieces that viewers missed", "pieces"),
        found[3],
        new Target.AtMost(0));
    figures.add(
        label("fan_out_ended", "viewers that saw the last event", "viewers"),
        found[4],
        new Target.AtLeast(VIEWERS));
    figures.add(
        label("fan_out_cpu", "processor time of the server for one piece to one viewer", "us"),
        found[5],
        new Target.None());
    figures.print();
  }

  private static Label label(String id, String what, String unit) {
    return new Label(id, what, unit, FAN_OUT);
  }

  /** What a crowd saw, and what it cost the server. */
  record Crowd(Viewers.Seen seen, double firstByteP95, double cpuMicrosPerFrame) {}

  /** A server of its own, a debate whose first seat thinks aloud, and so many viewers. */
  static Crowd crowd(BenchHome home, String key, int viewers, int pieces) throws Exception {
    try (var model = SlowModel.thinking(pieces);
        var server = BenchServer.start(home, model.settings());
        var http = new LightHttp(server.port(), key)) {
      var opened =
          Json.tree(http.post("/api/v1/debates", SlowModel.brief("Who thinks?", 0)).body());
      String debate = opened.path("id").asText();
      while (model.asked() < 3) {
        Thread.sleep(20);
      }
      double[] cpu = new double[1];
      Viewers.Seen seen =
          new Viewers(http, debate, viewers)
              .watch(
                  pieces,
                  () -> {
                    cpu[0] = server.cpuMillis();
                    model.letGo();
                  });
      double micros = (server.cpuMillis() - cpu[0]) * 1_000 / ((double) viewers * pieces);
      return new Crowd(seen, firstByte(http, debate), micros);
    }
  }

  private static double firstByte(LightHttp http, String debate) throws Exception {
    long[] nanos = new long[CONNECTS];
    for (int i = 0; i < CONNECTS; i++) {
      long start = System.nanoTime();
      try (Socket socket = http.open("/api/v1/debates/" + debate + "/events")) {
        if (socket.getInputStream().read() < 0) {
          throw new IllegalStateException("the stream ended before it began");
        }
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return Figures.millis(nanos, 0.95);
  }
}
