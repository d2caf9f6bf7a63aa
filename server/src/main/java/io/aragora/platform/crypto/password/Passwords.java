package io.aragora.platform.crypto.password;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hashes passwords with Argon2id: 19 MiB, two passes, one lane, the least that OWASP names for it,
 * since a small appliance must bear many sign-ins at once. Only so many run at a time, on threads
 * of their own: memory stays bounded, and other requests keep their share of the processor.
 */
public final class Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final Argon2Function ARGON =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

  /** Nobody's: who has no hash is compared with this one, so that it takes as long. */
  private static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
          + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration COME_BACK = Duration.ofSeconds(2);

  private final SecureRandom random = new SecureRandom();
  private final PasswordRules rules = new PasswordRules();
  private final AtomicLong computed = new AtomicLong();
  private final Semaphore places;
  private final Executor threads;
  private final Duration patience;

  /** As many at once as there are processors, but never more than an eighth of the heap. */
  public Passwords() {
    this(
        (int)
            Math.clamp(
                Runtime.getRuntime().maxMemory() / 8 / (MEMORY_KIB * 1024L),
                1,
                Runtime.getRuntime().availableProcessors()),
        PATIENCE);
  }

  Passwords(int atOnce, Duration patience) {
    this.places = new Semaphore(atOnce, true);
    this.patience = patience;
    var pool =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("password-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /** The hash of a new password; refuses one that is weak. Not to be called in a transaction. */
  public String hash(String password) {
    return hash(password, List.of());
  }

  /** As {@link #hash(String)}, for somebody whose e-mail and name are no secret. */
  public String hash(String password, List<String> known) {
    String normal = PasswordRules.normal(password);
    return bounded(
        () -> {
          rules.check(normal, known);
          return computed(normal);
        });
  }

  /** Takes the same time whether there is a hash or not; without one the answer is no. */
  public boolean matches(String password, Optional<String> hash) {
    String normal = PasswordRules.normal(password);
    Optional<String> comparable = hash.filter(any -> PasswordRules.fits(normal));
    String against = comparable.orElse(NOBODY);
    String text = PasswordRules.fits(normal) ? normal : "";
    boolean same =
        bounded(
            () -> {
              computed.incrementAndGet();
              return Argon2Function.getInstanceFromHash(against).check(text, against);
            });
    return same && comparable.isPresent();
  }

  /** The same password hashed as is done today, if the hash at hand is of an older kind. */
  public Optional<String> renewed(String password, String hash) {
    return hash.startsWith("$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(MEMORY_KIB, PASSES, LANES))
        ? Optional.empty()
        : Optional.of(bounded(() -> computed(PasswordRules.normal(password))));
  }

  /** How often a hash was computed so far: what an attacker could measure. */
  public long computed() {
    return computed.get();
  }

  private String computed(String normal) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    computed.incrementAndGet();
    return ARGON.hash(normal.getBytes(StandardCharsets.UTF_8), salt).getResult();
  }

  private <T> T bounded(Callable<T> work) {
    try {
      if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw Refusal.retryLater(
            ErrorCode.TOO_MANY_REQUESTS, "too many people sign in at this moment", COME_BACK);
      }
      try {
        var task = new FutureTask<>(work);
        threads.execute(task);
        return task.get();
      } finally {
        places.release();
      }
    } catch (ExecutionException bad) {
      if (bad.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(bad.getCause());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurried);
    }
  }
}
