package io.aragora.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One reader of a debate's stream. Its place in the events is a number, so a slow one only falls
 * behind; passing text goes through a bounded queue, and a slow one loses what does not fit.
 */
final class Viewer implements AutoCloseable {
  private static final int DELTA_FRAMES = 64;

  private final DebateFeed feed;
  private final Runnable onClose;
  private final Queue<byte[]> deltas = new ArrayBlockingQueue<>(DELTA_FRAMES);
  private final Semaphore news = new Semaphore(1);
  private long sent;
  private boolean sawLast;

  Viewer(DebateFeed feed, long after, java.util.function.Consumer<Viewer> onClose) {
    this.feed = feed;
    this.sent = after;
    this.onClose = () -> onClose.accept(this);
  }

  /** What to send next: text first, then events; nothing if nothing came for {@code longest}. */
  List<byte[]> next(Duration longest) throws InterruptedException {
    boolean unused = news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    news.drainPermits();
    var bytes = new ArrayList<byte[]>();
    for (byte[] delta = deltas.poll(); delta != null; delta = deltas.poll()) {
      bytes.add(delta);
    }
    List<Frame> frames = feed.after(sent);
    for (Frame frame : frames) {
      bytes.add(frame.bytes());
      sent = frame.seq();
      sawLast = frame.last();
    }
    if (!frames.isEmpty()) {
      // There may be more than one batch.
      wake();
    }
    return bytes;
  }

  /** Whether the debate's last event was sent: nobody needs to reconnect. */
  boolean sawLast() {
    return sawLast;
  }

  /** Whether nothing more will come on this stream. */
  boolean isOver() {
    return sawLast || feed.isClosed();
  }

  void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  void offer(byte[] delta) {
    if (deltas.offer(delta)) {
      wake();
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
