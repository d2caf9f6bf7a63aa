package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A DSSE envelope: a typed payload and the signatures over its pre-authentication encoding. */
public final class Dsse {
  private static final int MOST_SIGNATURES = 8;

  /** One signature and the key id its maker claims. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  public record Entry(String keyId, byte[] signature) {}

  private final String payloadType;
  private final byte[] payload;
  private final List<Entry> signatures;

  private Dsse(String payloadType, byte[] payload, List<Entry> signatures) {
    this.payloadType = payloadType;
    this.payload = payload;
    this.signatures = List.copyOf(signatures);
  }

  /** Signs a payload; {@link #bytes()} of the answer is the file. */
  public static Dsse sign(String payloadType, byte[] payload, Signer signer) {
    byte[] signature = signer.sign(preAuthentication(payloadType, payload));
    return new Dsse(
        payloadType, payload.clone(), List.of(new Entry(signer.key().keyId(), signature)));
  }

  /** Reads an envelope strictly; says nothing yet about its signatures. */
  public static Dsse read(byte[] envelope) {
    try {
      JsonNode root = CanonicalJson.parse(envelope, JsonLimits.RECEIPT);
      requireExactly(root, Set.of("payload", "payloadType", "signatures"));
      return new Dsse(
          text(root, "payloadType"), Base64Text.decode(text(root, "payload")), entries(root));
    } catch (JsonFault | IllegalArgumentException bad) {
      throw new VerificationFault("form", "not a DSSE envelope: " + bad.getMessage());
    }
  }

  /** What is signed: {@code DSSEv1 SP len(type) SP type SP len(payload) SP payload}. */
  public static byte[] preAuthentication(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(payload.length + type.length + 32);
    out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(type);
    out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** Whether the entry under this key's id is a signature by this key over the bytes received. */
  public boolean isSignedBy(VerifyKey key) {
    return signatures.stream()
        .filter(entry -> entry.keyId().equals(key.keyId()))
        .anyMatch(
            entry -> key.verifies(preAuthentication(payloadType, payload), entry.signature()));
  }

  public String payloadType() {
    return payloadType;
  }

  /** The payload's bytes exactly as received. */
  public byte[] payload() {
    return payload.clone();
  }

  /** At least one, each under another key id. */
  public List<Entry> signatures() {
    return signatures;
  }

  /** The envelope as canonical JSON. */
  public byte[] bytes() {
    var root =
        Json.object().put("payload", Base64Text.encode(payload)).put("payloadType", payloadType);
    var list = root.putArray("signatures");
    for (Entry entry : signatures) {
      list.addObject().put("keyid", entry.keyId()).put("sig", Base64Text.encode(entry.signature()));
    }
    return CanonicalJson.bytes(root);
  }

  private static List<Entry> entries(JsonNode root) {
    JsonNode list = root.get("signatures");
    if (!list.isArray() || list.isEmpty() || list.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("signatures must be a list of 1 to " + MOST_SIGNATURES);
    }
    var seen = new HashSet<String>();
    var entries = new ArrayList<Entry>();
    for (JsonNode each : list) {
      requireExactly(each, Set.of("keyid", "sig"));
      String keyId = text(each, "keyid");
      if (!seen.add(keyId)) {
        throw new IllegalArgumentException("two signatures under one key id");
      }
      entries.add(new Entry(keyId, Base64Text.decode(text(each, "sig"))));
    }
    return entries;
  }

  private static void requireExactly(JsonNode node, Set<String> names) {
    var found = new HashSet<String>();
    node.fieldNames().forEachRemaining(found::add);
    if (!node.isObject() || !found.equals(names)) {
      throw new IllegalArgumentException("the members must be " + names);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " must be text");
    }
    return value.textValue();
  }
}
