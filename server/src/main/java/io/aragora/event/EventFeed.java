package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets many viewers follow debates on this node: stored events in order, passing text on top. */
public final class EventFeed implements AutoCloseable {
  private final Database database;
  private final Doorbell doorbell;
  private final EventStore store = new EventStore();
  private final Partials partials;
  private final ConcurrentMap<DebateId, DebateFeed> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("text-frames").factory());
  private volatile boolean closed;

  public EventFeed(Database database, Doorbell doorbell) {
    this.database = database;
    this.doorbell = doorbell;
    this.partials = new Partials(database);
    var unused =
        timer.scheduleWithFixedDelay(
            () -> Thread.startVirtualThread(partials::keep),
            Partials.PACE.toMillis(),
            Partials.PACE.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The events after number {@code seq}, at most 500 of them, possibly none. */
  public List<StoredEvent> after(WorkspaceId workspace, DebateId debate, long seq) {
    return database.inTransaction(workspace, tx -> store.after(tx, debate, seq, DebateFeed.BATCH));
  }

  /** As {@link #after}, but waits up to {@code longest} for the first one. */
  public List<StoredEvent> await(WorkspaceId workspace, DebateId debate, long seq, Duration longest)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    try (var ticket = doorbell.listen(EventLog.subject(debate))) {
      for (; ; ) {
        List<StoredEvent> events = after(workspace, debate, seq);
        long left = end - System.nanoTime();
        if (!events.isEmpty() || left <= 0 || closed) {
          return events;
        }
        boolean unused = ticket.await(Duration.ofNanos(left));
      }
    }
  }

  /** Shows an answer while it is being written, on this node at once and on others each second. */
  public Speech speak(Speaker speaker) {
    return new Spoken(partials.begin(speaker));
  }

  /** Forgets what calls had written before they were abandoned. */
  public void forgetPartials(Tx tx, DebateId debate) {
    new PartialStore().dropAll(tx, debate);
  }

  /** Shows a piece of text a seat is writing to whoever watches on this node now; never stored. */
  public void delta(DebateId debate, int seat, String move, String text) {
    DebateFeed feed = watched.get(debate);
    if (feed != null && !closed) {
      feed.delta(seat, move, text, timer);
    }
  }

  /** Whether this node is stopping: nobody should wait for events here any longer. */
  public boolean isClosed() {
    return closed;
  }

  /** How many watch on this node. */
  public Watched watched() {
    return meters ->
        meters.show(Meter.VIEWERS, watched.values().stream().mapToInt(DebateFeed::viewers).sum());
  }

  /** Ends all streams; their clients reconnect elsewhere. */
  @Override
  public void close() {
    closed = true;
    watched.values().forEach(DebateFeed::close);
    timer.shutdownNow();
  }

  /** Starts following after number {@code after}; the viewer must be closed. */
  Viewer watch(WorkspaceId workspace, DebateId debate, long after) {
    var added = new Viewer[1];
    watched.compute(
        debate,
        (id, present) -> {
          DebateFeed feed = present == null ? begin(workspace, id, after) : present;
          added[0] = new Viewer(feed, after, viewer -> leave(id, viewer));
          feed.tellSoFar(added[0]);
          feed.add(added[0]);
          return feed;
        });
    if (closed) {
      close();
    }
    return added[0];
  }

  Optional<EventStore.Stream> stream(WorkspaceId workspace, DebateId debate) {
    return database.inTransaction(workspace, tx -> store.look(tx, debate));
  }

  private DebateFeed begin(WorkspaceId workspace, DebateId debate, long after) {
    var feed = new DebateFeed(database, workspace, debate, after, partials);
    feed.start(doorbell);
    return feed;
  }

  private final class Spoken implements Speech {
    private final Voice voice;
    private boolean done;

    Spoken(Voice voice) {
      this.voice = voice;
    }

    @Override
    public void say(String piece) {
      Speaker by = voice.speaker();
      voice.add(piece);
      delta(by.debate(), by.seat(), by.move(), piece);
    }

    @Override
    public void restart() {
      voice.restart();
    }

    @Override
    public void done() {
      done = true;
      partials.done(voice);
    }

    @Override
    public void close() {
      if (!done) {
        partials.abandon(voice);
      }
    }
  }

  private void leave(DebateId debate, Viewer viewer) {
    watched.computeIfPresent(
        debate,
        (id, feed) -> {
          if (!feed.remove(viewer)) {
            return feed;
          }
          feed.close();
          return null;
        });
  }
}
