package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The answers this node's calls are writing. Those that take longer than a second are kept in the
 * database once a second, so that other nodes can show them, also after this one died.
 */
final class Partials {
  static final Duration PACE = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(Partials.class.getName());
  private static final int MOST_AT_ONCE = 200;

  private final Database database;
  private final PartialStore store = new PartialStore();
  private final ConcurrentMap<UUID, Voice> voices = new ConcurrentHashMap<>();
  private final Queue<Speaker> ended = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean keeping = new AtomicBoolean();

  Partials(Database database) {
    this.database = database;
  }

  Voice begin(Speaker speaker) {
    var voice = new Voice(speaker);
    voices.put(speaker.call(), voice);
    return voice;
  }

  /** The call is over; nobody needs what it wrote. */
  void done(Voice voice) {
    voices.remove(voice.speaker().call());
    if (voice.end()) {
      ended.add(voice.speaker());
    }
  }

  /** The call was cut off: what is kept stays until the debate goes on past it. */
  void abandon(Voice voice) {
    voices.remove(voice.speaker().call());
    boolean unused = voice.end();
  }

  boolean isHere(UUID call) {
    return voices.containsKey(call);
  }

  /** What calls of this node have written for a debate so far. */
  List<Frame.Text> soFar(DebateId debate) {
    return voices.values().stream()
        .filter(voice -> voice.speaker().debate().equals(debate))
        .filter(voice -> !voice.text().isEmpty())
        .map(voice -> new Frame.Text(voice.speaker().seat(), voice.speaker().move(), voice.text()))
        .toList();
  }

  /** Keeps what is new, one statement for each workspace; a slow database delays only the next. */
  void keep() {
    if ((voices.isEmpty() && ended.isEmpty()) || !keeping.compareAndSet(false, true)) {
      return;
    }
    try {
      keepNew();
      dropEnded();
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.DEBUG, "partial text is not kept: {0}", unreachable);
    } finally {
      keeping.set(false);
    }
  }

  private void keepNew() {
    var fresh = new LinkedHashMap<WorkspaceId, Map<Speaker, String>>();
    voices.values().stream()
        .limit(MOST_AT_ONCE)
        .forEach(
            voice ->
                voice
                    .toKeep(PACE.toNanos())
                    .ifPresent(
                        text ->
                            fresh
                                .computeIfAbsent(
                                    voice.speaker().workspace(), none -> new LinkedHashMap<>())
                                .put(voice.speaker(), text)));
    fresh.forEach(
        (workspace, texts) -> database.doInTransaction(workspace, tx -> store.keep(tx, texts)));
  }

  private void dropEnded() {
    var gone = new LinkedHashMap<WorkspaceId, List<Speaker>>();
    for (Speaker each = ended.poll(); each != null; each = ended.poll()) {
      gone.computeIfAbsent(each.workspace(), none -> new ArrayList<>()).add(each);
    }
    gone.forEach(
        (workspace, speakers) ->
            database.doInTransaction(workspace, tx -> store.drop(tx, speakers)));
  }
}
