package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Appends what happened in a debate, in the transaction of the change it tells about. */
public final class EventLog {
  private static final int ALL = 1_000_000;

  private final InstantSource clock;
  private final EventStore store = new EventStore();

  public EventLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Opens a debate's stream with its first events. */
  public StreamPlace begin(Tx tx, WorkspaceId workspace, DebateId debate, List<Event> events) {
    store.open(tx, workspace, debate, EventChain.START);
    return append(tx, debate, StreamPlace.START, events);
  }

  /** Where the events end now; nobody else appends before this transaction ends. */
  public StreamPlace place(Tx tx, DebateId debate) {
    return store
        .lock(tx, debate)
        .map(stream -> new StreamPlace(stream.lastSeq(), stream.headHash()))
        .orElseThrow(() -> new IllegalArgumentException("no events of debate " + debate));
  }

  /**
   * Appends events right after {@code place} and returns where they end: numbers have no gap, and
   * order of commit is their order. Nothing can follow {@link Event.DebateClosed}. Throws if the
   * events do not end at {@code place}, which a caller who owns the debate cannot meet.
   */
  public StreamPlace append(Tx tx, DebateId debate, StreamPlace place, List<Event> events) {
    if (events.isEmpty()) {
      return place;
    }
    var written = write(debate, place, events);
    if (!store.append(tx, debate, place, written, subject(debate))) {
      throw new IllegalStateException(
          "debate " + debate + " has no event " + place.seq() + " last");
    }
    return new StreamPlace(written.getLast().seq(), written.getLast().hash());
  }

  /** As above for whoever does not know the place; opens the stream where there is none. */
  public List<Long> append(Tx tx, WorkspaceId workspace, DebateId debate, List<Event> events) {
    EventStore.Stream stream = open(tx, workspace, debate);
    var place = new StreamPlace(stream.lastSeq(), stream.headHash());
    long last = append(tx, debate, place, events).seq();
    return LongStream.rangeClosed(place.seq() + 1, last).boxed().toList();
  }

  /** Up to {@code most} events after number {@code after}, in order. */
  public List<StoredEvent> read(Tx tx, DebateId debate, long after, int most) {
    return store.after(tx, debate, after, most);
  }

  /** Where the debate's events end now; nothing is appended before this transaction ends. */
  public StreamHead head(Tx tx, DebateId debate) {
    var unused = store.lock(tx, debate);
    return EventChain.head(store.hashes(tx, debate));
  }

  /** Hashes all events of a debate again and compares, also with the head that is kept apart. */
  public ChainCheck verifyChain(Tx tx, DebateId debate) {
    EventStore.Stream kept =
        store.lock(tx, debate).orElse(new EventStore.Stream(0, EventChain.START, false));
    return switch (verifyChain(store.after(tx, debate, 0, ALL))) {
      case ChainCheck.Broken broken -> broken;
      case ChainCheck.Intact(StreamHead head)
          when head.count() != kept.lastSeq() || !head.hash().equals(kept.headHash()) ->
          new ChainCheck.Broken(head.count() + 1, "the stream says it has " + kept.lastSeq());
      case ChainCheck.Intact intact -> intact;
    };
  }

  /** As above for events from elsewhere, such as an export. */
  public static ChainCheck verifyChain(List<StoredEvent> events) {
    return EventChain.verify(events);
  }

  static String subject(DebateId debate) {
    return "debate:" + debate;
  }

  private EventStore.Stream open(Tx tx, WorkspaceId workspace, DebateId debate) {
    EventStore.Stream stream =
        store
            .lock(tx, debate)
            .orElseGet(
                () -> {
                  store.open(tx, workspace, debate, EventChain.START);
                  return store
                      .lock(tx, debate)
                      .orElseThrow(
                          () -> new IllegalArgumentException("not of this workspace: " + debate));
                });
    if (stream.closed()) {
      throw new IllegalStateException("the debate's events have ended: " + debate);
    }
    return stream;
  }

  private List<StoredEvent> write(DebateId debate, StreamPlace place, List<Event> events) {
    // What is hashed has milliseconds, so the row has them too.
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var written = new ArrayList<StoredEvent>();
    long seq = place.seq();
    String hash = place.hash();
    for (Event event : events) {
      if (!written.isEmpty() && written.getLast().isLast()) {
        throw new IllegalArgumentException("nothing can follow the last event: " + event.type());
      }
      StoredEvent next = EventChain.write(debate, ++seq, at, event, hash);
      written.add(next);
      hash = next.hash();
    }
    return written;
  }
}
