package io.aragora.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many programs that watch one debate and note when each numbered piece of text arrives. */
final class Viewers {
  private static final Pattern PIECE = Pattern.compile("#(\\d+)@(\\d+);");

  /** A server answers 256 requests at once and tells the others to come later: no stampede here. */
  private final Semaphore connecting = new Semaphore(100);

  private final LightHttp http;
  private final String path;
  private final CountDownLatch connected;

  Viewers(LightHttp http, String debate, int count) {
    this.http = http;
    this.path = "/api/v1/debates/" + debate + "/events";
    this.connected = new CountDownLatch(count);
  }

  /** All delays from written by the model to read by a viewer, sorted; and pieces missed. */
  record Seen(long[] sortedNanos, long missed, int closed) {}

  private record One(List<Long> nanos, long missed, boolean sawEnd) {}

  /** Watches until the debate ends; {@code start} runs once everybody is connected. */
  Seen watch(int pieces, Runnable start) throws Exception {
    List<Future<One>> futures = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    long missed = 0;
    int closed = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<One> viewer = () -> follow(pieces);
      for (long i = connected.getCount(); i > 0; i--) {
        futures.add(threads.submit(viewer));
      }
      if (!connected.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            connected.getCount() + " viewers could not connect" + refusal(futures));
      }
      start.run();
    }
    for (Future<One> each : futures) {
      all.addAll(each.get().nanos());
      missed += each.get().missed();
      closed += each.get().sawEnd() ? 1 : 0;
    }
    long[] nanos = all.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(nanos);
    return new Seen(nanos, missed, closed);
  }

  private static String refusal(List<Future<One>> viewers) {
    return viewers.stream()
        .filter(viewer -> viewer.state() == Future.State.FAILED)
        .findFirst()
        .map(viewer -> "; one of them: " + viewer.exceptionNow().getMessage())
        .orElse("");
  }

  private One follow(int pieces) throws IOException {
    connecting.acquireUninterruptibly();
    try (Socket socket = http.open(path)) {
      socket.setSoTimeout(120_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String line = LightHttp.text(in);
      connecting.release();
      if (!line.contains(" 200 ")) {
        throw new IOException("a viewer was answered " + line);
      }
      List<Long> nanos = new ArrayList<>(pieces);
      long next = 0;
      long missed = 0;
      boolean isIn = false;
      while (!line.startsWith("event: debate.closed")) {
        line = LightHttp.text(in);
        if (!isIn && line.startsWith("event:")) {
          isIn = true;
          connected.countDown();
        }
        Matcher piece = PIECE.matcher(line);
        while (piece.find()) {
          long number = Long.parseLong(piece.group(1));
          missed += Math.abs(number - next);
          next = number + 1;
          nanos.add(System.nanoTime() - Long.parseLong(piece.group(2)));
        }
      }
      return new One(nanos, missed + pieces - next, true);
    }
  }
}
