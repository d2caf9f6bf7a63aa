package io.aragora.transparency;

import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.InclusionProof;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The file that proves offline that a receipt is in the log (C2SP tlog-proof@v1); its extra data is
 * the log entry, which names the receipt and its payload.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record TlogProof(long index, List<Sha256> hashes, LeafEntry entry, byte[] checkpointNote) {
  private static final String HEAD = "c2sp.org/tlog-proof@v1";
  private static final int LONGEST = 256 * 1024;

  public TlogProof {
    hashes = List.copyOf(hashes);
    checkpointNote = checkpointNote.clone();
  }

  /** Reads the file; says nothing yet about what it proves. */
  public static TlogProof read(byte[] file) {
    try {
      return parse(file);
    } catch (IllegalArgumentException bad) {
      throw new VerificationFault("form", "not a tlog-proof: " + bad.getMessage());
    }
  }

  /**
   * All checks in one: the entry is this receipt's, the checkpoint is signed by a trusted key, and
   * the entry is in its tree. The fault's rule is form, leaf, checkpoint_signature or inclusion.
   */
  public Checkpoint verify(
      ReceiptId receipt, Sha256 payloadSha256, Collection<VerifyKey> checkpointKeys) {
    if (!entry.receiptId().equals(receipt) || !entry.payloadSha256().equals(payloadSha256)) {
      throw new VerificationFault("leaf", "the log entry is of another receipt or payload");
    }
    Checkpoint checkpoint = Checkpoint.open(checkpointNote, checkpointKeys);
    if (!inclusion(checkpoint.size()).verifies(entry.hash(), checkpoint.root())) {
      throw new VerificationFault("inclusion", "the entry is not in the tree of the checkpoint");
    }
    return checkpoint;
  }

  public InclusionProof inclusion(long size) {
    return new InclusionProof(index, size, hashes);
  }

  /** The file's bytes. */
  public byte[] bytes() {
    var text = new StringBuilder(HEAD).append('\n');
    text.append("extra ").append(Base64Text.encode(entry.bytes())).append('\n');
    text.append("index ").append(index).append('\n');
    hashes.forEach(hash -> text.append(Base64Text.encode(hash.bytes())).append('\n'));
    var out = new ByteArrayOutputStream();
    out.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(checkpointNote);
    return out.toByteArray();
  }

  private static TlogProof parse(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int split = text.indexOf("\n\n");
    if (file.length > LONGEST || split < 0) {
      throw new IllegalArgumentException("too long, or no blank line before the checkpoint");
    }
    String[] lines = text.substring(0, split).split("\n", -1);
    if (lines.length < 3 || lines.length > 3 + 63 || !lines[0].equals(HEAD)) {
      throw new IllegalArgumentException("the head, extra, index and at most 63 hashes expected");
    }
    String place = after("index ", lines[2]);
    if (!place.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("not an index: " + place);
    }
    var hashes = new ArrayList<Sha256>();
    for (String line : List.of(lines).subList(3, lines.length)) {
      hashes.add(Sha256.ofDigest(Base64Text.decode(line)));
    }
    return new TlogProof(
        Long.parseLong(place),
        hashes,
        LeafEntry.read(Base64Text.decode(after("extra ", lines[1]))),
        text.substring(split + 2).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw new IllegalArgumentException("a line with " + word.strip() + " expected");
    }
    return line.substring(word.length());
  }
}
