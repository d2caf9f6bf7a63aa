package io.aragora.access.account;

import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Sha256;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address as its owner writes it, and the key by which two spellings of it meet. The key
 * ignores case and composition, writes the domain as the DNS does, and takes letters of other
 * scripts for the Latin ones they look like, so that nobody gets an account that reads like another
 * one. Addresses that mix scripts within a part, or hold what cannot be seen, are refused.
 */
public record Email(String written, String key) {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final Pattern LOCAL =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DOT = Pattern.compile("\\.");

  /** The address, or a refusal that says at {@code pointer} what is wrong with it. */
  public static Email of(String text, String pointer) {
    Objects.requireNonNull(text, "email");
    String written = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
    int at = written.lastIndexOf('@');
    if (written.length() > LONGEST || at < 1 || at > LONGEST_LOCAL || at == written.length() - 1) {
      throw Refusal.invalid(pointer, "email", "this is not an e-mail address");
    }
    String local = written.substring(0, at);
    String domain = written.substring(at + 1);
    if (!LOCAL.matcher(local).matches()) {
      throw Refusal.invalid(pointer, "email", "the part before the @ has signs it cannot have");
    }
    String ascii = ascii(domain, pointer);
    if (Scripts.areMixed(local)
        || DOT.splitAsStream(IDN.toUnicode(ascii)).anyMatch(Scripts::areMixed)) {
      throw Refusal.invalid(pointer, "mixed_scripts", "the address mixes letters of two scripts");
    }
    return new Email(written, Scripts.skeleton(folded(local)) + "@" + ascii);
  }

  public static Email of(String text) {
    return of(text, "/email");
  }

  /** The address, if it is one. */
  public static Optional<Email> maybe(String text) {
    try {
      return Optional.of(of(text));
    } catch (Refusal none) {
      return Optional.empty();
    }
  }

  /**
   * What attempts are counted by. What is no address may hold signs that no column takes: it is
   * nobody's, and is counted by its hash.
   */
  static String counted(String text) {
    return maybe(text).map(Email::key).orElseGet(() -> Sha256.ofText(text).hex());
  }

  private static String ascii(String domain, String pointer) {
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      if (DOMAIN.matcher(ascii).matches()) {
        return ascii;
      }
    } catch (IllegalArgumentException notOne) {
      // Told below, with every other domain that is none.
    }
    throw Refusal.invalid(pointer, "email", "the part after the @ is no domain");
  }

  /** Case folding: up and down again, for letters that have no single counterpart. */
  private static String folded(String text) {
    return Normalizer.normalize(
        text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  @Override
  public String toString() {
    return written;
  }
}
