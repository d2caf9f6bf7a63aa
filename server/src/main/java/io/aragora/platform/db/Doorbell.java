package io.aragora.platform.db;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells listeners on every node that rows about a subject were committed. A ring says "look" and
 * carries no data; rings that come together are one ring, and a lost one costs at most {@link
 * #SLOW_POLL}, because no wait is longer than that.
 */
public final class Doorbell implements AutoCloseable {
  /** The longest a listener waits before it looks without having been called. */
  public static final Duration SLOW_POLL = Duration.ofSeconds(1);

  /** The channel rings come by: for a statement that changes rows and rings in one. */
  public static final String CHANNEL = "aragora";

  private final Map<String, Set<Ticket>> tickets = new ConcurrentHashMap<>();
  private final DoorbellLine line;

  private Doorbell(DatabaseAddress address) {
    this.line = new DoorbellLine(address, CHANNEL, this::ringLocally, this::ringAll);
  }

  /**
   * Starts this node's one listening connection; it reconnects by itself for as long as it lives.
   */
  public static Doorbell open(DatabaseAddress address) {
    var bell = new Doorbell(address);
    bell.line.start();
    return bell;
  }

  /** Rings when {@code tx} commits. The subject is an id with a prefix, never anything secret. */
  public static void ring(Tx tx, String subject) {
    tx.list("select pg_notify(?, ?) is null as rung", row -> row.flag("rung"), CHANNEL, subject);
  }

  /** Starts listening; what was committed before is the caller's to read. */
  public Ticket listen(String subject) {
    var ticket = new Ticket(subject);
    tickets.compute(
        subject,
        (key, present) -> {
          Set<Ticket> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(ticket);
          return all;
        });
    return ticket;
  }

  /** Whether rings arrive now; while they do not, the slow poll carries on alone. */
  public boolean isConnected() {
    return line.isConnected();
  }

  @Override
  public void close() {
    line.close();
  }

  private void ringLocally(String subject) {
    tickets.getOrDefault(subject, Set.of()).forEach(Ticket::wake);
  }

  private void ringAll() {
    tickets.values().forEach(all -> all.forEach(Ticket::wake));
  }

  /** One listener's place at the door; not shared between threads that wait. */
  public final class Ticket implements AutoCloseable {
    private final String subject;
    private final Semaphore rung = new Semaphore(0);

    private Ticket(String subject) {
      this.subject = subject;
    }

    /** Waits for a ring, at most {@code longest} and never longer than the slow poll. */
    public boolean await(Duration longest) throws InterruptedException {
      long nanos = Math.min(longest.toNanos(), SLOW_POLL.toNanos());
      boolean wasRung = rung.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      rung.drainPermits();
      return wasRung;
    }

    /** Rings this one listener only. */
    public void wake() {
      if (rung.availablePermits() == 0) {
        rung.release();
      }
    }

    @Override
    public void close() {
      tickets.computeIfPresent(
          subject,
          (key, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
