package io.aragora.receipt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.Disclosures;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Forge.Made;
import io.aragora.receipt.Vectors.Vector;
import io.aragora.transparency.LeafEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Bundles whose receipt is sound, but whose log proof or disclosures are not. */
final class BadProofs {
  private final Made made = Forge.make(Vectors.threeToOne());
  private final List<Vector> vectors = new ArrayList<>();

  private BadProofs() {}

  static List<Vector> all() {
    var bad = new BadProofs();
    bad.proofs();
    bad.signers();
    bad.disclosures();
    return bad.vectors;
  }

  private void proofs() {
    proof("index", "the index is another's", text -> text.replace("index 1", "index 0"));
    proof("index-far", "the index is past the tree", text -> text.replace("index 1", "index 2"));
    proof("hash", "a hash of the path is another", text -> flip(text, 3));
    proof("extra", "the log entry is damaged", text -> flip(text, 1));
    proof("head", "the form is another version", text -> text.replace("@v1", "@v2"));
    proof(
        "origin",
        "the checkpoint is of another log",
        text -> text.replace("test.example/log\n2", "test.example/gol\n2"));
    proof(
        "size", "the checkpoint's size was changed", text -> text.replace("log\n2\n", "log\n3\n"));
    proof("signature", "the checkpoint's signature is damaged", BadProofs::breakSignature);
    proof(
        "no-signature",
        "the checkpoint is not signed",
        text -> text.substring(0, text.indexOf('\u2014')));
  }

  private void signers() {
    var id = ReceiptId.of(made.statement().at("/predicate/receipt/id").asText());
    var payload = Sha256.of(made.payload());
    var blind = Sha256.ofText("blind");
    proof(
        "no-hash", "the path is too short", text -> text.replaceFirst("(index 1\n)[^\n]+\n", "$1"));
    proof(
        "long-path",
        "the path is too long",
        text -> text.replaceFirst("(index 1\n)([^\n]+\n)", "$1$2$2"));
    proof(
        "stranger",
        "the checkpoint is signed by a key nobody trusts",
        text -> Forge.proof(made, Forge.STRANGER.checkpointSigner()));
    proof(
        "receipt-key",
        "the checkpoint is signed by the receipt key",
        text -> Forge.proof(made, Forge.RING.receiptSigner()));
    proof(
        "other-receipt",
        "the leaf is of another receipt",
        text ->
            Forge.proof(
                new LeafEntry(new ReceiptId(new UUID(1, 2)), payload, blind),
                Forge.RING.checkpointSigner()));
    proof(
        "other-payload",
        "the leaf is of another payload",
        text ->
            Forge.proof(
                new LeafEntry(id, Sha256.ofText("x"), blind), Forge.RING.checkpointSigner()));
  }

  private void disclosures() {
    var other = new Disclosures(new SampleKeys.Repeatable(99));
    String path = "/predicate/question/commitment";
    words(
        "other-salt",
        "the question under another salt",
        other.disclose(path, "Ship it on Friday?").encoded());
    words("other-text", "another question", other.disclose(path, "Ship it on Monday?").encoded());
    words(
        "other-path",
        "a text for a place that takes none",
        other.disclose("/predicate/receipt/id", "x").encoded());
    words(
        "no-path",
        "a text for no place",
        other.disclose("/predicate/nothing/commitment", "x").encoded());
    words("garbage", "not a disclosure", "AAAA");
    ObjectNode twice = Forge.bundle(made);
    twice.withArray("disclosures").add(twice.at("/disclosures/0"));
    add("disclosure-twice", "one text twice", twice);
  }

  private void proof(String name, String why, UnaryOperator<String> change) {
    ObjectNode bundle = Forge.bundle(made);
    bundle.put("log_proof", change.apply(bundle.get("log_proof").asText()));
    add("proof-" + name, why, bundle);
  }

  private void words(String name, String why, String encoded) {
    ObjectNode bundle = Forge.bundle(made);
    bundle.withArray("disclosures").remove(0);
    bundle.withArray("disclosures").add(encoded);
    add("disclosure-" + name, why, bundle);
  }

  private void add(String name, String why, ObjectNode bundle) {
    vectors.add(new Vector("log-" + name + ".json", 1, why, Json.bytes(bundle)));
  }

  private static String breakSignature(String text) {
    int at = text.lastIndexOf('=') - 20;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  /** Another letter in the middle of one line. */
  private static String flip(String text, int line) {
    String[] lines = text.split("\n", -1);
    int at = lines[line].length() / 2;
    char other = lines[line].charAt(at) == 'A' ? 'B' : 'A';
    lines[line] = lines[line].substring(0, at) + other + lines[line].substring(at + 1);
    return String.join("\n", lines);
  }
}
