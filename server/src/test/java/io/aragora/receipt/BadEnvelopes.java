package io.aragora.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Dsse;
import io.aragora.platform.crypto.Jws;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Forge.Made;
import io.aragora.receipt.Vectors.Vector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Files whose form or seal is wrong, whatever they say inside. */
final class BadEnvelopes {
  private final Made made = Forge.make(Vectors.threeToOne());
  private final Signer signer = Forge.RING.receiptSigner();
  private final List<Vector> vectors = new ArrayList<>();

  private BadEnvelopes() {}

  static List<Vector> all() {
    var bad = new BadEnvelopes();
    bad.seals();
    bad.names();
    bad.forms();
    bad.payloads();
    bad.tokens();
    bad.bundles();
    return bad.vectors;
  }

  private void seals() {
    change(
        "payload-bit",
        "one bit of the payload flipped",
        e -> e.put("payload", flipped(e, "/payload")));
    change(
        "signature-bit",
        "one bit of the signature flipped",
        e -> sig(e, flipped(e, "/signatures/0/sig")));
    change("signature-empty", "an empty signature", e -> sig(e, ""));
    change(
        "signature-short",
        "half a signature",
        e -> sig(e, Base64Text.encode(Arrays.copyOf(raw(e), 32))));
    change(
        "signature-malleable",
        "the same signature plus the group order",
        e -> sig(e, Base64Text.encode(plusOrder(raw(e)))));
    change(
        "signature-of-payload",
        "signed without the pre-authentication encoding",
        e -> sig(e, Base64Text.encode(signer.sign(made.payload()))));
  }

  private void names() {
    change(
        "keyid-stranger",
        "under the id of another key",
        e -> keyId(e, Forge.STRANGER.receiptSigner().key().keyId()));
    change(
        "keyid-checkpoint",
        "under the id of the checkpoint key",
        e -> keyId(e, Forge.RING.checkpointSigner().key().keyId()));
    change("keyid-empty", "under no key id", e -> keyId(e, ""));
    change("unsigned", "no signature at all", e -> ((ArrayNode) e.get("signatures")).removeAll());
    change(
        "type-relabelled",
        "the payload under another type",
        e -> e.put("payloadType", "application/json"));
    byte[] wrongKey = Forge.envelope(made.payload(), Forge.RING.checkpointSigner());
    add("checkpoint-key", "signed by the checkpoint key", wrongKey);
    byte[] otherType = Dsse.sign("application/json", made.payload(), signer).bytes();
    add("type-other", "properly signed as another type", otherType);
  }

  private void forms() {
    String good = new String(Forge.envelope(made), UTF_8);
    add(
        "duplicate-key",
        "the payload given twice",
        good.replaceFirst("\\{", "{\"payload\":\"AAAA\","));
    add("trailing-text", "text after the envelope", good + "{}");
    add("truncated", "the second half is missing", good.substring(0, good.length() / 2));
    add("empty", "an empty file", "");
    add("array", "not an object", "[" + good + "]");
    add("bom", "a byte order mark first", "\ufeff" + good);
    add("deep", "nested deeper than 32", "{\"payload\":" + "[".repeat(40) + "]".repeat(40) + "}");
    add("large", "larger than 1 MiB", good + " ".repeat(1024 * 1024));
    change("member-extra", "an unknown member", e -> e.put("note", "trust me"));
    change(
        "base64-loose",
        "a payload with stray bits in its base64",
        e -> e.put("payload", loose(e.get("payload").asText())));
    change(
        "base64-url",
        "a payload in the other alphabet",
        e -> e.put("payload", Base64Text.encodeUrl(made.payload())));
    change(
        "second-signature",
        "a second signature nobody knows",
        e -> e.withArray("signatures").addObject().put("keyid", "x").put("sig", "AAAA"));
  }

  private void payloads() {
    String payload = new String(made.payload(), UTF_8);
    signed("not-canonical", "spaces in the payload", payload.replace("\":", "\": "));
    signed(
        "unsorted",
        "members out of order",
        payload.replaceFirst("\\{\"_type\":\"([^\"]+)\",(.*)\\}$", "{$2,\"_type\":\"$1\"}"));
    signed("payload-duplicate", "a member twice", payload.replaceFirst("\\{", "{\"_type\":\"x\","));
    signed(
        "payload-float", "a float in the payload", payload.replace("\"calls\":9", "\"calls\":9.5"));
    signed(
        "payload-big",
        "an integer beyond 2^53",
        payload.replace("\"calls\":9", "\"calls\":9007199254740993"));
    signed(
        "payload-surrogate", "half a surrogate pair", payload.replace("Test Appliance", "\\ud800"));
    signed("payload-text", "no JSON at all", "trust me");
    signed(
        "predicate-type",
        "another predicate type",
        payload.replace("decision-receipt:v1", "decision-receipt:v2"));
    signed(
        "statement-type",
        "another statement type",
        payload.replace("Statement/v1", "Statement/v9"));
    signed(
        "subject-two",
        "two subjects",
        payload.replace(
            "\"subject\":[",
            "\"subject\":[{\"digest\":{\"sha256\":\"" + "a".repeat(64) + "\"},\"name\":\"x\"},"));
  }

  private void tokens() {
    String twin = Jws.sign("decision-receipt+jws", made.payload(), signer).compact();
    String rest = twin.substring(twin.indexOf('.'));
    add(
        "jws-none",
        "alg none",
        header("{\"alg\":\"none\",\"kid\":\"" + signer.key().keyId() + "\"}") + rest);
    add(
        "jws-hmac",
        "alg HS256",
        header("{\"alg\":\"HS256\",\"kid\":\"" + signer.key().keyId() + "\"}") + rest);
    String critical =
        header("{\"alg\":\"Ed25519\",\"crit\":[\"exp\"],\"kid\":\"" + signer.key().keyId() + "\"}");
    add("jws-crit", "an extension that must be understood", resigned(critical));
    add(
        "jws-kid",
        "under the id of another key",
        resigned(
            header(
                "{\"alg\":\"Ed25519\",\"kid\":\""
                    + Forge.STRANGER.receiptSigner().key().keyId()
                    + "\"}")));
    add("jws-unsigned", "no signature part", twin.substring(0, twin.lastIndexOf('.') + 1));
    add("jws-two-parts", "two parts only", twin.substring(0, twin.lastIndexOf('.')));
  }

  private void bundles() {
    bundle(
        "statement-other",
        "the statement shown is not the signed one",
        b -> ((ObjectNode) b.at("/statement/predicate/outcome")).put("verdict", "no"));
    bundle("part-unknown", "a part nobody knows", b -> b.put("note", "trust me"));
    bundle(
        "form-unknown",
        "a bundle of another form",
        b -> b.put("bundle", "aragora-receipt-bundle/v9"));
    bundle("twin-other", "the twin of another receipt", b -> b.put("jws", otherTwin()));
    bundle("no-envelope", "a bundle without an envelope", b -> b.remove("envelope"));
    bundle(
        "key-misnamed",
        "an embedded key under a false id",
        b -> ((ObjectNode) b.at("/keys/keys/0")).put("kid", "A".repeat(43)));
  }

  private String otherTwin() {
    Made other = Forge.make(SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("yes"));
    return Jws.sign("decision-receipt+jws", other.payload(), signer).compact();
  }

  private void change(String name, String why, Consumer<ObjectNode> tampering) {
    ObjectNode envelope = (ObjectNode) Json.tree(Forge.envelope(made));
    tampering.accept(envelope);
    add(name, why, CanonicalJson.bytes(envelope));
  }

  private void bundle(String name, String why, Consumer<ObjectNode> tampering) {
    ObjectNode bundle = (ObjectNode) Json.tree(Json.bytes(Forge.bundle(made)));
    tampering.accept(bundle);
    add("bundle-" + name, why, Json.bytes(bundle));
  }

  private void signed(String name, String why, String payload) {
    add(name, why, Forge.envelope(payload.getBytes(UTF_8), signer));
  }

  private void add(String name, String why, String text) {
    add(name, why, text.getBytes(UTF_8));
  }

  private void add(String name, String why, byte[] bytes) {
    vectors.add(
        new Vector("form-" + name + (name.startsWith("jws") ? ".jws" : ".json"), 1, why, bytes));
  }

  private String resigned(String header) {
    String input = header + "." + Base64Text.encodeUrl(made.payload());
    return input + "." + Base64Text.encodeUrl(signer.sign(input.getBytes(UTF_8)));
  }

  private static String header(String json) {
    return Base64Text.encodeUrl(json.getBytes(UTF_8));
  }

  private static void sig(ObjectNode envelope, String sig) {
    ((ObjectNode) envelope.at("/signatures/0")).put("sig", sig);
  }

  private static void keyId(ObjectNode envelope, String id) {
    ((ObjectNode) envelope.at("/signatures/0")).put("keyid", id);
  }

  private static byte[] raw(ObjectNode envelope) {
    return Base64Text.decode(envelope.at("/signatures/0/sig").asText());
  }

  private static String flipped(ObjectNode envelope, String pointer) {
    byte[] bytes = Base64Text.decode(envelope.at(pointer).asText());
    bytes[bytes.length / 2] ^= 1;
    return Base64Text.encode(bytes);
  }

  /** Sets bits that base64 does not use, so that the same bytes are written in another way. */
  private static String loose(String base64) {
    int at = base64.indexOf('=') < 0 ? base64.length() - 1 : base64.indexOf('=') - 1;
    return base64.indexOf('=') < 0
        ? base64 + "\\n"
        : base64.substring(0, at) + (char) (base64.charAt(at) + 1) + base64.substring(at + 1);
  }

  private static byte[] plusOrder(byte[] signature) {
    var order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] little = Arrays.copyOfRange(signature, 32, 64);
    BigInteger s = new BigInteger(1, reversed(little)).add(order);
    byte[] big = s.toByteArray();
    byte[] out = Arrays.copyOf(signature, 64);
    for (int at = 0; at < 32; at++) {
      out[32 + at] = at < big.length ? big[big.length - 1 - at] : 0;
    }
    return out;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      out[at] = bytes[bytes.length - 1 - at];
    }
    return out;
  }
}
