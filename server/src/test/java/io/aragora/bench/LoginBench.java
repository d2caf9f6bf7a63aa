package io.aragora.bench;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestPerson;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Two hundred people signing in at the same moment, each with a password of their own account. */
final class LoginBench {
  private static final int PEOPLE = Scale.of(200);
  private static final String SETUP =
      "%d people sign in at once, again and again for each run; Argon2id with 19 MiB; server in a JVM"
              .formatted(PEOPLE)
          + " of its own with a heap of 512 MB";

  private final LightHttp http;
  private final BenchServer server;
  private final AtomicInteger in = new AtomicInteger();
  private final AtomicInteger later = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();

  private LoginBench(LightHttp http, BenchServer server) {
    this.http = http;
    this.server = server;
  }

  public static void main(String[] none) throws Exception {
    try (var home = BenchHome.open()) {
      List<String> emails = people(home);
      try (var server = BenchServer.start(home, java.util.Map.of());
          var http = new LightHttp(server.port(), "")) {
        new LoginBench(http, server).measure(emails);
      }
    }
  }

  private static List<String> people(BenchHome home) {
    var ids = Generators.timeBasedEpochGenerator();
    var emails = new ArrayList<String>();
    try (var database = Database.open(home.app(), 1)) {
      var access = new Access(database, ids::generate, InstantSource.system());
      var workspace = access.bootstrap("Bench").workspace();
      for (int each = 0; each < PEOPLE; each++) {
        String email = "person" + each + "@example.org";
        TestPerson.join(database, workspace, TestPerson.account(database, email), "member");
        emails.add(email);
      }
    }
    return emails;
  }

  private void measure(List<String> emails) throws Exception {
    int runs = Scale.runs();
    double[][] found = new double[5][runs];
    storm(emails);
    double idle = server.residentMegabytes();
    in.set(0);
    later.set(0);
    wrong.set(0);
    for (int run = 0; run < runs; run++) {
      int before = in.get();
      var watch = new Watch();
      long start = System.nanoTime();
      long[] took = storm(emails);
      double seconds = (System.nanoTime() - start) / 1e9;
      found[0][run] = (in.get() - before) / seconds;
      found[1][run] = Figures.millis(took, 0.95);
      found[2][run] = watch.peak();
      found[3][run] = found[2][run] - idle;
      found[4][run] = Figures.millis(took, 0.5);
    }
    var figures = new Figures("login");
    figures.add(new Label("login_rate", "sign-ins", "/s", SETUP), found[0], none());
    figures.add(
        new Label("login_p50", "sign-in under the storm, of those let in, p50", "ms", SETUP),
        found[4],
        none());
    figures.add(
        new Label("login_p95", "sign-in under the storm, of those let in, p95", "ms", SETUP),
        found[1],
        none());
    figures.add(
        new Label("login_memory", "resident memory at its peak", "MB", SETUP),
        found[2],
        new Target.AtMost(900));
    figures.add(
        new Label("login_memory_more", "of it beyond that before the storm", "MB", SETUP),
        found[3],
        none());
    figures.add(
        new Label("login_later", "answered 429, come back later, all runs", "requests", SETUP),
        new double[] {later.get()},
        none());
    figures.add(
        new Label("login_wrong", "answered anything else, all runs", "requests", SETUP),
        new double[] {wrong.get()},
        new Target.AtMost(0));
    figures.print();
  }

  /** Everybody at once; nanoseconds it took each who was let in, sorted. */
  private long[] storm(List<String> emails) throws Exception {
    List<Future<OptionalLong>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String email : emails) {
        all.add(threads.submit(() -> signIn(email)));
      }
    }
    var nanos = LongStream.builder();
    for (Future<OptionalLong> each : all) {
      each.get().ifPresent(nanos::add);
    }
    long[] sorted = nanos.build().sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("nobody was let in");
    }
    return sorted;
  }

  private OptionalLong signIn(String email) throws Exception {
    long start = System.nanoTime();
    var reply = http.post("/api/v1/sessions", TestPerson.signInBody(email, TestPerson.PASSWORD));
    long took = System.nanoTime() - start;
    switch (reply.status()) {
      case 200 -> {
        in.incrementAndGet();
        return OptionalLong.of(took);
      }
      case 429 -> later.incrementAndGet();
      default -> wrong.incrementAndGet();
    }
    return OptionalLong.empty();
  }

  private static Target none() {
    return new Target.None();
  }

  /** Looks at the server's memory until it is asked for the most it saw. */
  private final class Watch {
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile double most;
    private final Thread thread = Thread.ofPlatform().daemon().start(this::look);

    private void look() {
      try {
        while (!over.get()) {
          most = Math.max(most, server.residentMegabytes());
          Thread.sleep(20);
        }
      } catch (Exception gone) {
        throw new IllegalStateException(gone);
      }
    }

    double peak() throws InterruptedException {
      over.set(true);
      thread.join();
      return most;
    }
  }
}
