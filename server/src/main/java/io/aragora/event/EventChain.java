package io.aragora.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.DebateId;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How events are written and bound together. The text is the RFC 8785 form of {@code {at, data,
 * debate_id, seq, type}}; its hash is SHA-256 of the 32 bytes of the hash before it (zeros before
 * the first) and the text's UTF-8. The root is the RFC 6962 tree head over the 32-byte hashes.
 */
final class EventChain {
  /** What stands before the first event. */
  static final String START = "0".repeat(64);

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private EventChain() {}

  static StoredEvent write(DebateId debate, long seq, Instant at, Event event, String hashBefore) {
    ObjectNode wire = Json.object();
    wire.put("type", event.type());
    wire.put("seq", seq);
    wire.set("at", Json.toTree(at));
    wire.put("debate_id", debate.toString());
    wire.set("data", Json.toTree(event));
    byte[] text = CanonicalJson.bytes(wire);
    return new StoredEvent(
        seq,
        event.type(),
        at,
        new String(text, StandardCharsets.UTF_8),
        Sha256.of(Sha256.ofHex(hashBefore).bytes(), text).hex());
  }

  static String hash(String hashBefore, String body) {
    return Sha256.of(Sha256.ofHex(hashBefore).bytes(), body.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Checks places, hashes and that each text says what its row says. */
  static ChainCheck verify(List<StoredEvent> events) {
    String before = START;
    long expected = 1;
    for (StoredEvent event : events) {
      if (event.seq() != expected) {
        return new ChainCheck.Broken(expected, "the next event has number " + event.seq());
      }
      if (!event.hash().equals(hash(before, event.body()))) {
        return new ChainCheck.Broken(expected, "the text does not have the hash that is kept");
      }
      JsonNode text = Json.tree(event.body());
      if (text.path("seq").asLong() != expected
          || !text.path("type").asText().equals(event.type())) {
        return new ChainCheck.Broken(expected, "the text is that of another event");
      }
      before = event.hash();
      expected++;
    }
    return new ChainCheck.Intact(head(events.stream().map(StoredEvent::hash).toList()));
  }

  static StreamHead head(List<String> hashes) {
    return new StreamHead(hashes.size(), hashes.isEmpty() ? START : hashes.getLast(), root(hashes));
  }

  /** RFC 6962, section 2.1; pairing level by level gives the same tree as the recursive rule. */
  static String root(List<String> hashes) {
    List<Sha256> level =
        hashes.stream().map(hash -> Sha256.of(LEAF, Sha256.ofHex(hash).bytes())).toList();
    if (level.isEmpty()) {
      return Sha256.of(new byte[0]).hex();
    }
    while (level.size() > 1) {
      level = above(level);
    }
    return level.getFirst().hex();
  }

  private static List<Sha256> above(List<Sha256> level) {
    var next = new ArrayList<Sha256>();
    for (int at = 0; at + 1 < level.size(); at += 2) {
      next.add(Sha256.of(NODE, level.get(at).bytes(), level.get(at + 1).bytes()));
    }
    return level.size() % 2 == 0
        ? next
        : Stream.concat(next.stream(), Stream.of(level.getLast())).toList();
  }
}
