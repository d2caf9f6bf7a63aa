package io.aragora.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of the operating system that this process ends. The JVM dies when its shutdown hooks are
 * through, so the hook waits until the server is closed in order: first the server, then its
 * database.
 */
final class StopSignal {
  private static final Duration STANDARD = Duration.ofSeconds(28);

  private final CountDownLatch wished = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Duration longest = STANDARD;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::ask, "stop"));
  }

  /** However the stop goes, the process ends this long after it was wished. */
  void endWithin(Duration time) {
    longest = time;
  }

  void await() throws InterruptedException {
    wished.await();
  }

  void done() {
    done.countDown();
  }

  private void ask() {
    wished.countDown();
    try {
      if (!done.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("the server did not stop within its time; leases run out by themselves");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
