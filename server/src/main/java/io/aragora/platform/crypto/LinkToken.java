package io.aragora.platform.crypto;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A secret of 256 random bits that stands in a link and is kept as a hash only. */
public record LinkToken(String secret) {
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public LinkToken {
    if (!FORM.matcher(secret).matches()) {
      throw new IllegalArgumentException("token is not one that was given here");
    }
  }

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public static LinkToken fresh(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new LinkToken(HexFormat.of().formatHex(bytes));
  }

  /** One round is enough: there is nothing to guess in 256 random bits. */
  public String hash() {
    return Sha256.ofText(secret).hex();
  }

  @Override
  public String toString() {
    return "(token)";
  }
}
