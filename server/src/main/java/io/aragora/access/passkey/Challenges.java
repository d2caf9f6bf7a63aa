package io.aragora.access.passkey;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import io.aragora.platform.secret.SecretBox;
import io.aragora.platform.secret.SecretFault;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Challenges that carry their own end, sealed so that nobody else can make one: asking for one
 * leaves no row behind, however often strangers ask. Only those answered are noted, and count once.
 */
final class Challenges {
  static final Duration LIFE = Duration.ofMinutes(5);
  static final String SIGN_IN = "sign-in";
  private static final int RANDOM_BYTES = 16;
  private static final int MOST_BYTES = 512;

  private final SecretBox box;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final PasskeyStore store;

  Challenges(SecretBox box, InstantSource clock, RandomGenerator random, PasskeyStore store) {
    this.box = box;
    this.clock = clock;
    this.random = random;
    this.store = store;
  }

  /** A new one for {@code purpose}: signing in, or an account's new passkey. */
  String make(String purpose) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    byte[] plain =
        ByteBuffer.allocate(RANDOM_BYTES + Long.BYTES)
            .put(bytes)
            .putLong(clock.instant().plus(LIFE).getEpochSecond())
            .array();
    return Base64Text.encodeUrl(box.sealOwn(where(purpose), plain));
  }

  /** Refuses what we did not make for this purpose, or not lately. */
  void check(String purpose, byte[] challenge) {
    if (!clock.instant().isBefore(end(purpose, challenge))) {
      throw new PasskeyFault("the challenge is older than five minutes");
    }
  }

  /** Uses it up; refuses one that was used before, on whichever node. */
  void spend(Tx tx, byte[] challenge) {
    Instant now = clock.instant();
    if (!store.use(tx, Sha256.of(challenge).hex(), now.plus(LIFE), now)) {
      throw new PasskeyFault("the challenge was answered before");
    }
  }

  private Instant end(String purpose, byte[] challenge) {
    try {
      byte[] plain =
          challenge.length > MOST_BYTES ? new byte[0] : box.openOwn(where(purpose), challenge);
      if (plain.length == RANDOM_BYTES + Long.BYTES) {
        return Instant.ofEpochSecond(ByteBuffer.wrap(plain).getLong(RANDOM_BYTES));
      }
    } catch (SecretFault notOurs) {
      // Said below, like everything that is no challenge of ours.
    }
    throw new PasskeyFault("the challenge was not made here for this");
  }

  private static String where(String purpose) {
    return "passkey|challenge|" + purpose;
  }
}
