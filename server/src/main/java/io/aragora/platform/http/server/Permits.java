package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests and how many streams may run at once. A stream holds its place for life. */
final class Permits {
  private final HttpOptions options;
  private final Semaphore requests;
  private final Semaphore streams;

  Permits(HttpOptions options) {
    this.options = options;
    requests = new Semaphore(options.maxConcurrentRequests());
    streams = new Semaphore(options.maxStreams());
  }

  /** One place taken; closing gives it back, however often it is closed. */
  static final class Place implements AutoCloseable {
    private final Semaphore from;
    private boolean given;

    private Place(Semaphore from) {
      this.from = from;
    }

    @Override
    public void close() {
      if (!given) {
        given = true;
        from.release();
      }
    }
  }

  /** For what must answer even when all places are taken: health. */
  Place always() {
    return new Place(new Semaphore(0));
  }

  Place request() {
    return take(requests, "requests");
  }

  Place stream() {
    return take(streams, "streams");
  }

  /** Waits until nothing runs, but no longer than the shutdown's grace. */
  void awaitIdle() {
    long end = System.nanoTime() + options.shutdownGrace().toNanos();
    awaitAll(streams, options.maxStreams(), end);
    awaitAll(requests, options.maxConcurrentRequests(), end);
  }

  private static void awaitAll(Semaphore places, int all, long end) {
    try {
      if (places.tryAcquire(all, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        places.release(all);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static Place take(Semaphore from, String what) {
    if (!from.tryAcquire()) {
      throw Refusal.retryLater(
          ErrorCode.TOO_MANY_REQUESTS,
          "this node already serves as many " + what + " as it may",
          Duration.ofSeconds(1));
    }
    return new Place(from);
  }
}
