package io.aragora.bench;

import io.aragora.Appliance;
import io.aragora.platform.config.Settings;
import io.aragora.platform.json.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a debate costs as one thing about it grows and all else stays; each becomes a picture. */
final class GrowthBench {
  private static final int RUNS = Math.min(3, Scale.runs());
  private static final int DEBATES = Scale.of(60);
  private static final int WARM_UP = Scale.of(300);
  private static final String CPU = "processor time, ms a debate";
  private static final String REASONS = "It is faster. It lacks a trail. Two users lost exports. ";

  private final List<Picture> pictures = new ArrayList<>();
  private final BenchHome home;
  private final int port;
  private final String key;

  private GrowthBench(BenchHome home, int port, String key) {
    this.home = home;
    this.port = port;
    this.key = key;
  }

  /** One value of the thing that grows, and what it cost. */
  record Point(double x, double y, double min, double max) {}

  /** One curve. */
  record Picture(String name, String title, String x, String y, List<Point> points) {}

  private record Printed(String bench, List<Figures.Row> rows, List<Picture> pictures) {}

  public static void main(String[] none) throws Exception {
    try (var home = BenchHome.open()) {
      var settings =
          Settings.read(
              Map.of(
                  "ARAGORA_HTTP_PORT", "0",
                  "ARAGORA_MANAGEMENT_PORT", "0",
                  "ARAGORA_DATA_DIR", home.folder().toString(),
                  "ARAGORA_LOG_LEVEL", "warn",
                  "ARAGORA_CALLER_RATE", "0",
                  "ARAGORA_STRANGER_RATE", "0"));
      String key = BenchServer.key(home);
      List<Picture> pictures;
      try (var appliance =
          Appliance.start(settings.on(home.app(), home.owner()), InstantSource.system())) {
        pictures = new GrowthBench(home, appliance.port(), key).measure();
      }
      pictures.add(viewers(home, key));
      System.out.println(Json.text(new Printed("growth", List.of(), pictures)));
    }
  }

  private List<Picture> measure() throws Exception {
    clients(4).run(brief(3, 1, 500), WARM_UP);
    var seats = new ArrayList<Point>();
    for (int n = 2; n <= 5; n++) {
      seats.add(cost(n, brief(n, 1, 500)));
    }
    add("seats", "Seats on the panel", "seats", seats);
    var rounds = new ArrayList<Point>();
    for (int n = 0; n <= 2; n++) {
      rounds.add(cost(n, brief(3, n, 500)));
    }
    add("rounds", "Challenge rounds allowed", "rounds", rounds);
    var texts = new ArrayList<Point>();
    for (int length : new int[] {250, 1_000, 2_000, 4_000, 8_000}) {
      texts.add(cost(length, brief(3, 1, length)));
    }
    add("text", "Length of the context", "characters", texts);
    var atOnce = new ArrayList<Point>();
    for (int clients : new int[] {1, 2, 4, 8, 16, 32}) {
      atOnce.add(wall(clients));
    }
    pictures.add(
        new Picture("concurrent", "Debates at once", "clients", "POST to closed, p50, ms", atOnce));
    var log = new ArrayList<Point>();
    for (int step = 0; step < 5; step++) {
      clients(8).run(brief(3, 0, 250), Scale.of(600));
      log.add(cost(leaves(), brief(3, 1, 500)));
    }
    add("log", "Receipts in the log before", "receipts", log);
    return pictures;
  }

  private static Picture viewers(BenchHome home, String key) throws Exception {
    var points = new ArrayList<Point>();
    for (int viewers : new int[] {10, 100, 300, 1_000}) {
      double[] late = new double[RUNS];
      for (int run = 0; run < RUNS; run++) {
        var crowd = SseBench.crowd(home, key, viewers, Scale.of(100));
        late[run] = Figures.millis(crowd.seen().sortedNanos(), 0.99);
      }
      points.add(point(viewers, late));
    }
    return new Picture(
        "viewers", "Viewers of one debate, 20 pieces/s", "viewers", "fan-out p99, ms", points);
  }

  private void add(String name, String title, String x, List<Point> points) {
    pictures.add(new Picture(name, title, x, CPU, points));
  }

  private DebateClients clients(int atOnce) {
    return new DebateClients(port, key, atOnce);
  }

  private double leaves() throws Exception {
    try (var http = new LightHttp(port, key)) {
      String checkpoint = http.get("/log/checkpoint").body();
      return Double.parseDouble(checkpoint.split("\n")[1]);
    }
  }

  private Point cost(double x, String brief) throws Exception {
    double[] millis = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      double before = used();
      clients(4).run(brief, DEBATES);
      millis[run] = (used() - before) / DEBATES;
    }
    return point(x, millis);
  }

  private double used() {
    return ProcessorTime.ownMillis() + ProcessorTime.millisOfPrograms(home.folder());
  }

  private Point wall(int atOnce) throws Exception {
    double[] millis = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      millis[run] =
          Figures.millis(clients(atOnce).run(brief(3, 1, 500), 2 * DEBATES).sortedNanos(), 0.50);
    }
    return point(atOnce, millis);
  }

  private static Point point(double x, double[] values) {
    Arrays.sort(values);
    return new Point(
        x, rounded(values[values.length / 2]), rounded(values[0]), rounded(values[RUNS - 1]));
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }

  private static String brief(int seats, int rounds, int context) {
    String panel =
        java.util.stream.IntStream.rangeClosed(1, seats)
            .mapToObj("{\"model\": \"rehearsal-%d\"}"::formatted)
            .collect(java.util.stream.Collectors.joining(", "));
    String reasons = REASONS.repeat(context / REASONS.length() + 1).substring(0, context);
    return """
    {"question": "Should all teams get the new billing tool? Case %%d", "max_rounds": %d,
     "context": "%s", "panel": [%s]}
    """
        .formatted(rounds, reasons, panel);
  }
}
