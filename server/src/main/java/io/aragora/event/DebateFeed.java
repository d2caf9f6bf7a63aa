package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Doorbell;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One debate while anybody on this node watches it: reads new events once for all viewers, keeps
 * the latest frames, and joins passing text into frames.
 */
final class DebateFeed {
  static final int BATCH = 500;

  private static final System.Logger LOG = System.getLogger(DebateFeed.class.getName());
  private static final int KEPT_FRAMES = 64;
  private static final Duration DELTA_PACE = Duration.ofMillis(50);

  private final Database database;
  private final WorkspaceId workspace;
  private final DebateId debate;
  private final EventStore store = new EventStore();
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final PendingText pending = new PendingText();
  private final Deque<Frame> latest = new ArrayDeque<>();
  private long known;
  private volatile boolean closed;

  DebateFeed(Database database, WorkspaceId workspace, DebateId debate, long known) {
    this.database = database;
    this.workspace = workspace;
    this.debate = debate;
    this.known = known;
  }

  /** Starts reading; ends once {@link #close()} was called. */
  void start(Doorbell doorbell) {
    Doorbell.Ticket ticket = doorbell.listen(EventLog.subject(debate));
    Thread.ofVirtual().name("feed-" + debate).start(() -> readAtEachRing(ticket));
  }

  void add(Viewer viewer) {
    viewers.add(viewer);
  }

  /** Whether nobody is left. */
  boolean remove(Viewer viewer) {
    viewers.remove(viewer);
    return viewers.isEmpty();
  }

  /** Ends the reading and every viewer's stream; the reader notices at its next look. */
  void close() {
    closed = true;
    viewers.forEach(Viewer::wake);
  }

  boolean isClosed() {
    return closed;
  }

  /** Frames after {@code seq}: from memory for whoever keeps up, else from the table. */
  List<Frame> after(long seq) {
    synchronized (latest) {
      if (seq >= known) {
        return List.of();
      }
      if (!latest.isEmpty() && latest.getFirst().seq() <= seq + 1) {
        return latest.stream().filter(frame -> frame.seq() > seq).toList();
      }
    }
    return read(seq);
  }

  void delta(int seat, String move, String text, ScheduledExecutorService timer) {
    if (pending.add(seat, move, text)) {
      var unused = timer.schedule(this::flush, DELTA_PACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void readAtEachRing(Doorbell.Ticket ticket) {
    try (ticket) {
      while (!closed) {
        readNew();
        boolean unused = ticket.await(Doorbell.SLOW_POLL);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void readNew() {
    try {
      List<Frame> fresh;
      do {
        fresh = read(known());
        if (!fresh.isEmpty()) {
          // Text that came before an event must not be shown after it.
          flush();
          keep(fresh);
          viewers.forEach(Viewer::wake);
        }
      } while (fresh.size() == BATCH);
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.WARNING, "events wait for the database: {0}", unreachable);
    }
  }

  private List<Frame> read(long seq) {
    return database.inTransaction(workspace, tx -> store.after(tx, debate, seq, BATCH)).stream()
        .map(Frame::of)
        .toList();
  }

  private long known() {
    synchronized (latest) {
      return known;
    }
  }

  private void keep(List<Frame> fresh) {
    synchronized (latest) {
      latest.addAll(fresh);
      while (latest.size() > KEPT_FRAMES) {
        latest.removeFirst();
      }
      known = fresh.getLast().seq();
    }
  }

  private void flush() {
    List<Frame.Text> texts = pending.take();
    if (!texts.isEmpty()) {
      byte[] bytes = Frame.delta(debate, texts);
      viewers.forEach(viewer -> viewer.offer(bytes));
    }
  }
}
