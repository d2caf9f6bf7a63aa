package io.aragora.platform.observe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the gauges every few seconds, beside the scrapes: a scrape then never waits for a database
 * that is away, and many scrapers cost no more than one.
 */
public final class Watch implements AutoCloseable {
  static final Duration PACE = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(Watch.class.getName());

  private final Meters meters;
  private final List<Watched> watched;
  private final Duration pace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("watch").unstarted(this::run);

  public Watch(Meters meters, List<Watched> watched) {
    this(meters, watched, PACE);
  }

  Watch(Meters meters, List<Watched> watched, Duration pace) {
    this.meters = meters;
    this.watched = List.copyOf(watched);
    this.pace = pace;
  }

  public void start() {
    thread.start();
  }

  /** Stops; does not wait for a reading that hangs on a database that is away. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      do {
        watched.forEach(this::read);
      } while (!closed.await(pace.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** What cannot be read grows old and then shows nothing: the others are read all the same. */
  private void read(Watched each) {
    if (closed.getCount() == 0) {
      return;
    }
    try {
      each.tell(meters);
    } catch (RuntimeException unreadable) {
      LOG.log(System.Logger.Level.DEBUG, "a reading failed", unreadable);
    }
  }
}
