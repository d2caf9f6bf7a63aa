package io.aragora.workspace.setup;

import io.aragora.platform.crypto.LinkToken;
import io.aragora.platform.db.Database;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes the one-time link for the first person; only who works on the machine can ask for it. */
public final class SetupLinks {
  private static final Duration LIFE = Duration.ofHours(24);

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SetupStore store = new SetupStore();

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public SetupLinks(Database database, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /** A link, and until when it is good. */
  public record Link(String url, String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "link until " + expiresAt;
    }
  }

  /** A new link, the one before being dead; none once the first person is in. */
  public Optional<Link> make(URI publicUrl) {
    LinkToken token = LinkToken.fresh(random);
    Instant now = clock.instant();
    Instant ends = now.plus(LIFE);
    boolean made = database.inSystemTransaction(tx -> store.put(tx, token.hash(), now, ends));
    // Behind the #, where neither servers nor logs nor the next page's Referer see it.
    String url = publicUrl.toString().replaceFirst("/+$", "") + "/setup#token=" + token.secret();
    return made ? Optional.of(new Link(url, token.secret(), ends)) : Optional.empty();
  }
}
