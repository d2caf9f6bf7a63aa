package io.aragora.access.totp;

import io.aragora.kernel.AccountId;
import io.aragora.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Codes on paper for the day the device is lost: 120 random bits each, so that a plain hash keeps
 * them.
 */
final class RecoveryCodes {
  private static final int HOW_MANY = 10;
  private static final int BYTES = 15;
  private static final int GROUP = 6;
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{24}");

  private RecoveryCodes() {}

  /** Ten new ones, as people write them: {@code abcdef-ghijkl-mnopqr-stuvwx}. */
  static List<String> make(RandomGenerator random) {
    return IntStream.range(0, HOW_MANY).mapToObj(each -> one(random)).toList();
  }

  /** What is kept of a code, if the text can be one. */
  static Optional<String> hash(AccountId account, String text) {
    String code = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    return FORM.matcher(code).matches()
        ? Optional.of(Sha256.of((account + ":" + code).getBytes(StandardCharsets.US_ASCII)).hex())
        : Optional.empty();
  }

  private static String one(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String code = Base32.encode(bytes).toLowerCase(Locale.ROOT);
    return String.join("-", code.split("(?<=\\G.{" + GROUP + "})"));
  }
}
