package io.aragora.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts work at a fixed rate whether or not earlier work is done. Times count from when a piece of
 * work was due, so a stall is charged to everybody who had to wait for it.
 */
final class OpenLoop {
  private OpenLoop() {}

  /** One piece of work; it gets its number. */
  @FunctionalInterface
  interface Work {
    void run(int number) throws Exception;
  }

  /** Nanoseconds from due to done, sorted. */
  static long[] run(double perSecond, int count, Work work)
      throws InterruptedException, ExecutionException {
    List<Future<Long>> all = new ArrayList<>(count);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime() + 50_000_000;
      for (int i = 0; i < count; i++) {
        int number = i;
        long due = start + (long) (i * 1e9 / perSecond);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        all.add(
            threads.submit(
                () -> {
                  work.run(number);
                  return System.nanoTime() - due;
                }));
      }
    }
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = all.get(i).get();
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
