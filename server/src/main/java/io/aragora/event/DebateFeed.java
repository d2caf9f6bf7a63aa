package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Doorbell;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private final PartialStore partials = new PartialStore();
  private final Partials here;

  /** What other nodes' calls had written when this one looked last, by call. */
  private final Map<UUID, PartialStore.Partial> elsewhere = new ConcurrentHashMap<>();

  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final PendingText pending = new PendingText();
  private final Deque<Frame> latest = new ArrayDeque<>();
  private long known;
  private volatile boolean closed;

  DebateFeed(Database database, WorkspaceId workspace, DebateId debate, long known, Partials here) {
    this.here = here;
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

  int viewers() {
    return viewers.size();
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

  /** Shows a viewer that just came what seats have been writing until now. */
  void tellSoFar(Viewer viewer) {
    flush();
    var texts = new ArrayList<>(here.soFar(debate));
    elsewhere
        .values()
        .forEach(each -> texts.add(new Frame.Text(each.seat(), each.move(), each.text())));
    if (!texts.isEmpty()) {
      viewer.offer(Frame.soFar(debate, texts));
    }
  }

  private void readAtEachRing(Doorbell.Ticket ticket) {
    try (ticket) {
      boolean rung = false;
      while (!closed) {
        readNew();
        if (!rung) {
          readPartials();
        }
        rung = ticket.await(Doorbell.SLOW_POLL);
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

  /** Nothing happened for a while: perhaps a seat of another node is writing. */
  private void readPartials() {
    try {
      List<PartialStore.Partial> now =
          database.inTransaction(workspace, tx -> partials.read(tx, debate)).stream()
              .filter(each -> !here.isHere(each.call()))
              .toList();
      elsewhere.keySet().retainAll(now.stream().map(PartialStore.Partial::call).toList());
      var soFar = new ArrayList<Frame.Text>();
      var more = new ArrayList<Frame.Text>();
      for (PartialStore.Partial each : now) {
        PartialStore.Partial before = elsewhere.put(each.call(), each);
        if (before == null || !each.text().startsWith(before.text())) {
          soFar.add(new Frame.Text(each.seat(), each.move(), each.text()));
        } else if (each.text().length() > before.text().length()) {
          String piece = each.text().substring(before.text().length());
          more.add(new Frame.Text(each.seat(), each.move(), piece));
        }
      }
      if (!soFar.isEmpty()) {
        show(Frame.soFar(debate, soFar));
      }
      if (!more.isEmpty()) {
        show(Frame.delta(debate, more));
      }
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.DEBUG, "partial text waits for the database: {0}", unreachable);
    }
  }

  private void show(byte[] frame) {
    viewers.forEach(viewer -> viewer.offer(frame));
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
