package io.aragora.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of the operating system that this process ends. The JVM dies when its shutdown hooks are
 * through, so the hook waits until the server is closed in order: first the server, then its
 * database.
 */
final class StopSignal {
  private static final int LONGEST_STOP_SECONDS = 120;

  private final CountDownLatch wished = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::ask, "stop"));
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
      if (!done.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("the server did not stop within its time");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
