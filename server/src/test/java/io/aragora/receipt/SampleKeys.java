package io.aragora.receipt;

import io.aragora.kernel.Ids;
import io.aragora.platform.crypto.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Keys, ids, salts and a clock that are the same on every run; for tests and vectors only. */
final class SampleKeys {
  static final Instant ISSUED = Instant.parse("2026-11-20T10:05:00.123Z");

  private SampleKeys() {}

  /** A ring of fixed keys in a directory of its own, made long before {@link #ISSUED}. */
  static KeyRing ring(long seed) {
    try {
      Path directory = Files.createTempDirectory("aragora-keys").resolve("keys");
      Instant made = Instant.parse("2026-11-01T00:00:00Z");
      KeyRing.open(directory, InstantSource.fixed(made), new Repeatable(seed));
      return KeyRing.open(directory, InstantSource.fixed(ISSUED), new Repeatable(seed));
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  static Receipts.Identity identity() {
    return new Receipts.Identity(
        "Test Appliance", ids(), InstantSource.fixed(ISSUED), new Repeatable(7));
  }

  static Ids ids() {
    var next = new AtomicLong(1);
    return () -> new UUID(0x019aa0000000_7000L, 0x8000_0000_0000_0000L | next.getAndIncrement());
  }

  /** The same bytes on every run: never for a key that must be secret. */
  static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final Random source;

    Repeatable(long seed) {
      this.source = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] target) {
      source.nextBytes(target);
    }
  }
}
