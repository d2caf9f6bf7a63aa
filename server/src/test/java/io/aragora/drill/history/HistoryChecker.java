package io.aragora.drill.history;

import io.aragora.drill.history.Operation.EventSeen;
import io.aragora.drill.history.Operation.OpenAcknowledged;
import io.aragora.drill.history.Operation.ReceiptRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds what clients and the model server saw that may not be, whatever was killed meanwhile. */
public final class HistoryChecker {
  private HistoryChecker() {}

  /** A call's place in its debate, and when its answer was stored, if it was. */
  public record Journaled(String callId, String place, Instant storedAt) {
    /** For a call whose answer was never stored. */
    public static final Instant NEVER = Instant.MAX;
  }

  /** What is wrong, a sentence each; {@code journal} is what the database says of the calls. */
  public static List<String> check(
      History history, Map<String, List<PaidCall>> paid, List<Journaled> journal) {
    var faults = new ArrayList<String>();
    faults.addAll(keys(history));
    faults.addAll(receipts(history));
    faults.addAll(events(history));
    faults.addAll(calls(paid));
    faults.addAll(askedAgain(paid, journal));
    return List.copyOf(faults);
  }

  /** The debates that were acknowledged and whose receipt nobody could read. */
  public static List<UUID> lost(History history) {
    var read = history.of(ReceiptRead.class).map(ReceiptRead::debate).collect(Collectors.toSet());
    return history
        .of(OpenAcknowledged.class)
        .map(OpenAcknowledged::debate)
        .filter(debate -> !read.contains(debate))
        .distinct()
        .toList();
  }

  /** Calls of a place that began after an answer to that place was stored: paid twice. */
  public static List<String> askedAgain(Map<String, List<PaidCall>> paid, List<Journaled> journal) {
    Map<String, Journaled> answers =
        journal.stream()
            .filter(each -> !each.storedAt().equals(Journaled.NEVER))
            .collect(Collectors.toMap(Journaled::place, each -> each, (one, two) -> one));
    var faults = new ArrayList<String>();
    for (Journaled each : journal) {
      Journaled answer = answers.get(each.place());
      for (PaidCall call : paid.getOrDefault(each.callId(), List.of())) {
        if (answer != null && call.began().isAfter(answer.storedAt())) {
          faults.add(
              "%s was asked by call %s after the answer of call %s was stored"
                  .formatted(each.place(), each.callId(), answer.callId()));
        }
      }
    }
    return faults;
  }

  private static List<String> keys(History history) {
    var faults = new ArrayList<String>();
    Map<String, UUID> debates = new HashMap<>();
    Map<UUID, String> keys = new HashMap<>();
    history
        .of(OpenAcknowledged.class)
        .forEach(
            open -> {
              UUID before = debates.putIfAbsent(open.key(), open.debate());
              if (before != null && !before.equals(open.debate())) {
                faults.add(
                    "key %s opened debate %s and debate %s"
                        .formatted(open.key(), before, open.debate()));
              }
              String other = keys.putIfAbsent(open.debate(), open.key());
              if (other != null && !other.equals(open.key())) {
                faults.add(
                    "debate %s was opened by key %s and by key %s"
                        .formatted(open.debate(), other, open.key()));
              }
            });
    return faults;
  }

  private static List<String> receipts(History history) {
    var faults = new ArrayList<String>();
    lost(history).forEach(debate -> faults.add("debate %s has no receipt".formatted(debate)));
    Map<UUID, ReceiptRead> first = new HashMap<>();
    history
        .of(ReceiptRead.class)
        .forEach(
            read -> {
              ReceiptRead before = first.putIfAbsent(read.debate(), read);
              if (before != null && !before.receipt().equals(read.receipt())) {
                faults.add(
                    "debate %s has receipt %s and receipt %s"
                        .formatted(read.debate(), before.receipt(), read.receipt()));
              } else if (before != null && !before.sha256().equals(read.sha256())) {
                faults.add("receipt %s has changed".formatted(read.receipt()));
              }
            });
    return faults;
  }

  private static List<String> events(History history) {
    var faults = new ArrayList<String>();
    Map<List<Object>, Long> last = new HashMap<>();
    Map<List<Object>, Integer> contents = new HashMap<>();
    history
        .of(EventSeen.class)
        .forEach(
            seen -> {
              Long before = last.put(List.of(seen.viewer(), seen.debate()), seen.seq());
              long expected = before == null ? 1 : before + 1;
              if (seen.seq() != expected) {
                faults.add(
                    "viewer %d of debate %s saw event %d where %d comes next"
                        .formatted(seen.viewer(), seen.debate(), seen.seq(), expected));
              }
              Integer same =
                  contents.putIfAbsent(List.of(seen.debate(), seen.seq()), seen.content());
              if (same != null && same != seen.content()) {
                faults.add(
                    "event %d of debate %s was seen with two contents"
                        .formatted(seen.seq(), seen.debate()));
              }
            });
    return faults;
  }

  private static List<String> calls(Map<String, List<PaidCall>> paid) {
    var faults = new ArrayList<String>();
    var seen = new HashSet<String>();
    paid.forEach(
        (id, calls) -> {
          if (id.isEmpty() || calls.size() > 1 && seen.add(id)) {
            faults.add("call id '%s' was asked %d times".formatted(id, calls.size()));
          }
        });
    return faults;
  }
}
