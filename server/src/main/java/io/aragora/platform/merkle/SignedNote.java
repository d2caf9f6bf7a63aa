package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Text with signature lines below it (C2SP signed-note, Ed25519 only). */
public record SignedNote(String text, List<Line> lines) {
  private static final int LONGEST = 64 * 1024;
  private static final int MOST_SIGNATURES = 64;
  private static final byte[] ED25519 = {'\n', 1};

  /** One signature line: who, and four bytes of key id before the signature. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  public record Line(String name, byte[] signature) {}

  public SignedNote {
    lines = List.copyOf(lines);
  }

  public static byte[] sign(String text, String name, Signer signer) {
    byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
    var joined = ByteBuffer.allocate(4 + signature.length);
    joined.put(keyId(name, signer.key())).put(signature);
    return (text + "\n\u2014 " + name + " " + Base64Text.encode(joined.array()) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  public static SignedNote read(byte[] note) {
    try {
      if (note.length > LONGEST) {
        throw new IllegalArgumentException("longer than " + LONGEST + " bytes");
      }
      String all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
      if (all.chars().anyMatch(unit -> unit < 0x20 && unit != '\n')) {
        throw new IllegalArgumentException("control characters");
      }
      int split = all.lastIndexOf("\n\n");
      if (split < 0 || !all.endsWith("\n")) {
        throw new IllegalArgumentException("no blank line before the signatures");
      }
      return new SignedNote(all.substring(0, split + 1), lines(all.substring(split + 2)));
    } catch (CharacterCodingException | IllegalArgumentException bad) {
      throw new VerificationFault("form", "not a signed note: " + bad.getMessage());
    }
  }

  /** A known key whose line does not verify spoils the note, whatever other lines say. */
  public boolean isSignedBy(String name, Collection<VerifyKey> trusted) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    boolean signed = false;
    for (Line line : lines) {
      for (VerifyKey key : trusted) {
        if (line.name().equals(name)
            && Arrays.equals(keyId(name, key), Arrays.copyOf(line.signature(), 4))) {
          byte[] signature = Arrays.copyOfRange(line.signature(), 4, line.signature().length);
          if (!key.verifies(message, signature)) {
            return false;
          }
          signed = true;
        }
      }
    }
    return signed;
  }

  /** Key names are not empty and hold no space, plus or control character. */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                at ->
                    at == '+'
                        || Character.isWhitespace(at)
                        || Character.isSpaceChar(at)
                        || Character.isISOControl(at));
  }

  static byte[] keyId(String name, VerifyKey key) {
    byte[] hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8), ED25519, key.raw()).bytes();
    return Arrays.copyOf(hash, 4);
  }

  private static List<Line> lines(String signatures) {
    String[] texts = signatures.split("\n", -1);
    if (texts.length < 2 || texts.length - 1 > MOST_SIGNATURES) {
      throw new IllegalArgumentException("1 to " + MOST_SIGNATURES + " signature lines expected");
    }
    var lines = new ArrayList<Line>();
    for (String text : Arrays.copyOf(texts, texts.length - 1)) {
      String[] parts = text.split(" ", -1);
      if (parts.length != 3 || !parts[0].equals("\u2014") || !isName(parts[1])) {
        throw new IllegalArgumentException("not a signature line");
      }
      byte[] signature = Base64Text.decode(parts[2]);
      if (signature.length < 5) {
        throw new IllegalArgumentException("a signature of " + signature.length + " bytes");
      }
      lines.add(new Line(parts[1], signature));
    }
    return lines;
  }
}
