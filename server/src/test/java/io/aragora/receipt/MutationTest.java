package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No random change of a valid receipt is accepted; {@code -Dmutations=100000} for the long run. */
final class MutationTest {
  private static final int RUNS = Integer.getInteger("mutations", 3_000);
  private static final byte[] INTERESTING =
      "{}[]\",:\\0123456789aAzZ-_+/=. \n".getBytes(StandardCharsets.US_ASCII);

  private final Verifier verifier = new Verifier(Forge.RING.publicKeys());

  @Test
  void noMutantOfAnEnvelopeIsAccepted() {
    hunt(Forge.envelope(Forge.make(Vectors.threeToOne())));
  }

  @Test
  void noMutantOfABundleIsAccepted() {
    hunt(Json.bytes(Forge.bundle(Forge.make(Vectors.threeToOne()))));
  }

  private void hunt(byte[] good) {
    JsonNode same = Json.tree(good);
    int tried = 0;
    for (int seed = 0; tried < RUNS; seed++) {
      byte[] mutant = mutate(good, new Random(seed));
      if (isSameValue(mutant, same)) {
        continue;
      }
      tried++;
      Verification verification = verifier.verify(mutant);
      assertThat(verification.conclusion())
          .as("seed %d%n%s", seed, verification.text())
          .isEqualTo(Verification.Conclusion.INVALID);
    }
  }

  /** White space between tokens and other spellings of a character change nothing that is said. */
  private static boolean isSameValue(byte[] mutant, JsonNode same) {
    try {
      return Json.tree(mutant).equals(same);
    } catch (JsonFault notEvenJson) {
      return false;
    }
  }

  private static byte[] mutate(byte[] good, Random random) {
    byte[] mutant = good.clone();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = INTERESTING[random.nextInt(INTERESTING.length)];
        case 2 -> mutant = without(mutant, at, 1 + random.nextInt(8));
        case 3 -> mutant = repeated(mutant, at, 1 + random.nextInt(8));
        default -> swap(mutant, at, random.nextInt(mutant.length));
      }
    }
    return mutant;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] out = Arrays.copyOf(bytes, bytes.length - (end - at));
    System.arraycopy(bytes, end, out, at, bytes.length - end);
    return out;
  }

  private static byte[] repeated(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] out = Arrays.copyOf(bytes, bytes.length + (end - at));
    System.arraycopy(bytes, at, out, end, bytes.length - at);
    return out;
  }

  private static void swap(byte[] bytes, int one, int other) {
    byte kept = bytes[one];
    bytes[one] = bytes[other];
    bytes[other] = kept;
  }
}
