package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.json.Json;
import java.util.concurrent.atomic.AtomicLong;

/** Reading a debate a thousand times a second, and opening debates, both at a fixed rate. */
final class ApiBench {
  private static final int READS_PER_SECOND = 1_000;
  private static final int READS = Scale.of(10_000);
  private static final int CREATES_PER_SECOND = 10;
  private static final int CREATES = Scale.of(100);
  private static final String READING =
      "GET /api/v1/debates/{id} of a closed debate, 1,000/s open loop, %d a run; server in a JVM of"
              .formatted(READS)
          + " its own";
  private static final String CREATING =
      "POST /api/v1/debates, answered 202 while the rehearsal panel argues the earlier ones, %d/s open"
              .formatted(CREATES_PER_SECOND)
          + " loop, %d a run; server in a JVM of its own".formatted(CREATES);
  private static final String BOTH = "reads and creates, once warm";
  private static final String COLD =
      "the first reads and creates after the start, at the same rates; more than 256 at once get 429";
  private static final String BRIEF =
      "{\"question\": \"Should we renew the backup service? Case %d\", \"max_rounds\": 0}";

  private final AtomicLong refused = new AtomicLong();
  private final LightHttp http;

  private ApiBench(LightHttp http) {
    this.http = http;
  }

  public static void main(String[] none) throws Exception {
    try (var home = BenchHome.open();
        var server = BenchServer.start(home, java.util.Map.of());
        var http = new LightHttp(server.port(), BenchServer.key(home))) {
      new ApiBench(http).measure();
    }
  }

  private void measure() throws Exception {
    var opened = Json.tree(http.post("/api/v1/debates", brief(0), "Prefer: wait=60\r\n").body());
    String path = "/api/v1/debates/" + opened.path("id").asText();
    int runs = Scale.runs();
    double[][] found = new double[5][runs];
    read(path, READS);
    long cold = refused.getAndSet(0);
    for (int run = 0; run < runs; run++) {
      long[] reads = read(path, READS);
      found[0][run] = Figures.millis(reads, 0.50);
      found[1][run] = Figures.millis(reads, 0.95);
      found[2][run] = Figures.millis(reads, 0.99);
    }
    long measured = refused.get();
    create(0, CREATES / 2);
    cold += refused.getAndSet(measured) - measured;
    for (int run = 0; run < runs; run++) {
      long[] creates = create((run + 1) * 10_000, CREATES);
      found[3][run] = Figures.millis(creates, 0.50);
      found[4][run] = Figures.millis(creates, 0.95);
    }
    var figures = new Figures("api");
    figures.add(new Label("read_p50", "read, p50", "ms", READING), found[0], none());
    figures.add(new Label("read_p95", "read, p95", "ms", READING), found[1], new Target.AtMost(5));
    figures.add(new Label("read_p99", "read, p99", "ms", READING), found[2], none());
    figures.add(new Label("create_p50", "create, p50", "ms", CREATING), found[3], none());
    figures.add(
        new Label("create_p95", "create, p95", "ms", CREATING), found[4], new Target.AtMost(20));
    figures.add(
        new Label(
            "api_refused", "requests not answered as they should, all runs", "requests", BOTH),
        new double[] {refused.get()},
        new Target.AtMost(0));
    figures.add(
        new Label("api_refused_cold", "told to come later while warming up", "requests", COLD),
        new double[] {cold},
        none());
    figures.print();
  }

  private long[] read(String path, int count) throws Exception {
    return OpenLoop.run(READS_PER_SECOND, count, number -> expect(http.get(path), 200));
  }

  private long[] create(int first, int count) throws Exception {
    return OpenLoop.run(
        CREATES_PER_SECOND,
        count,
        number -> expect(http.post("/api/v1/debates", brief(first + number)), 202));
  }

  private static String brief(int number) {
    return BRIEF.formatted(number);
  }

  private void expect(LightHttp.Reply reply, int status) {
    if (reply.status() != status) {
      refused.incrementAndGet();
    }
  }

  private static Target none() {
    return new Target.None();
  }
}
