package io.aragora.access.account;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets an answer go out only at even times after the question came, so that the little more work
 * there is for an account that exists cannot be seen in it.
 */
final class Pace {
  private static final long STEP = 100_000_000;

  private final long start = System.nanoTime();

  void even() {
    long passed = System.nanoTime() - start;
    long until = start + (passed / STEP + 1) * STEP;
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
