package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import java.util.Collection;
import java.util.List;

/** The head of a log: its name, how many leaves it has and their root (C2SP tlog-checkpoint). */
public record Checkpoint(String origin, long size, Sha256 root) {
  public Checkpoint {
    if (!SignedNote.isName(origin)) {
      throw new IllegalArgumentException("not a log name: " + origin);
    }
    if (size < 0) {
      throw new IllegalArgumentException("a log has no negative size: " + size);
    }
  }

  /** The three lines that are signed. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64Text.encode(root.bytes()) + "\n";
  }

  /** The signed note, its key name being the origin. */
  public byte[] sign(Signer signer) {
    return SignedNote.sign(text(), origin, signer);
  }

  /** Reads a signed note and demands a signature by one of the keys under the log's own name. */
  public static Checkpoint open(byte[] note, Collection<VerifyKey> trusted) {
    SignedNote read = SignedNote.read(note);
    Checkpoint checkpoint = parse(read.text());
    if (!read.isSignedBy(checkpoint.origin(), trusted)) {
      throw new VerificationFault(
          "checkpoint_signature", "no trusted key signed the checkpoint of " + checkpoint.origin());
    }
    return checkpoint;
  }

  /** Whether one of the keys signed the note under the log's own name. */
  public static boolean isSigned(byte[] note, Collection<VerifyKey> trusted) {
    try {
      return !open(note, trusted).origin().isEmpty();
    } catch (VerificationFault byNobodyWeKnow) {
      return false;
    }
  }

  /** Reads a signed note without asking who signed it; never enough to trust it. */
  public static Checkpoint unverified(byte[] note) {
    return parse(SignedNote.read(note).text());
  }

  private static Checkpoint parse(String text) {
    List<String> lines = text.lines().toList();
    try {
      if (lines.size() < 3 || lines.contains("") || !lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
        throw new IllegalArgumentException("origin, size and root expected");
      }
      return new Checkpoint(
          lines.get(0),
          Long.parseLong(lines.get(1)),
          Sha256.ofDigest(Base64Text.decode(lines.get(2))));
    } catch (IllegalArgumentException bad) {
      throw new VerificationFault("form", "not a checkpoint: " + bad.getMessage());
    }
  }
}
