package io.aragora.platform.merkle;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes every interval, and at once when 256 leaves were counted. */
public final class Sequencer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sequencer.class.getName());
  private static final int MANY = 256;

  private final String name;
  private final Runnable publish;
  private final Duration interval;
  private final Semaphore bell = new Semaphore(0);
  private final AtomicInteger waiting = new AtomicInteger();
  private final Thread loop;
  private volatile boolean closed;

  /** {@code name} is the log's, for threads and for what is said when it cannot publish. */
  public Sequencer(String name, Runnable publish, Duration interval) {
    this.name = name;
    this.publish = publish;
    this.interval = interval;
    this.loop = Thread.ofVirtual().name(name + "-sequencer").unstarted(this::run);
  }

  public void start() {
    loop.start();
  }

  /** Counts a leaf that is about to be committed. */
  public void count() {
    if (waiting.incrementAndGet() % MANY == 0) {
      bell.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    bell.release();
    try {
      if (loop.isAlive()) {
        loop.join(Duration.ofSeconds(10));
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean failing = false;
    while (!closed) {
      try {
        if (bell.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
        waiting.set(0);
        publish.run();
        failing = false;
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException bad) {
        // The next round tries again. Said once, not every second, until it works again.
        if (!failing) {
          LOG.log(System.Logger.Level.ERROR, name + ": a round failed, the next tries again", bad);
        }
        failing = true;
      }
    }
  }
}
