package io.aragora.access.account;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.sender.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Slows down who guesses. Failures are counted three ways: for an account as seen from one network,
 * which is strict; for the account from everywhere, against many machines; and for a network, whose
 * many people share its address, against many accounts. Nobody is shut out for longer than the
 * longest wait, and one who signed in before from a network is not kept waiting by what others do
 * from elsewhere.
 */
final class Attempts {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int FREE_HERE = 5;
  private static final int FREE_EVERYWHERE = 20;
  private static final int FREE_OF_A_NETWORK = 100;
  private static final int FREE_RESETS = 3;

  private final AttemptStore store = new AttemptStore();

  /** Whoever tries: the account meant, and where from. */
  record Tried(String account, Optional<String> address) {
    AttemptStore.Bucket here() {
      return new AttemptStore.Bucket(named("here", account, network()), FREE_HERE, QUARTER);
    }

    AttemptStore.Bucket everywhere() {
      return new AttemptStore.Bucket(
          named("everywhere", account, ""), FREE_EVERYWHERE, FIVE_MINUTES);
    }

    AttemptStore.Bucket ofNetwork() {
      return new AttemptStore.Bucket(named("network", "", network()), FREE_OF_A_NETWORK, MINUTE);
    }

    AttemptStore.Bucket resets() {
      return new AttemptStore.Bucket(named("reset", account, ""), FREE_RESETS, QUARTER);
    }

    String network() {
      return address.map(Address::network).orElse("");
    }

    private static String named(String kind, String account, String network) {
      return kind + ":" + Sha256.ofText(kind + "\n" + account + "\n" + network).base64url();
    }
  }

  /** Counts an attempt as failed until it is shown not to be, or refuses to look at it yet. */
  void enter(Tx tx, Tried tried, Instant now, boolean knownPlace) {
    if (!store.enter(tx, tried.here(), now)) {
      throw wait(tx, tried.here(), now);
    }
    if (!store.enter(tx, tried.everywhere(), now) && !knownPlace) {
      throw wait(tx, tried.everywhere(), now);
    }
    if (store.blockedUntil(tx, tried.ofNetwork().name(), now).isPresent()) {
      throw wait(tx, tried.ofNetwork(), now);
    }
  }

  /** Who is signed in and only shows that they are still the same person. */
  void enterHere(Tx tx, Tried tried, Instant now) {
    if (!store.enter(tx, tried.here(), now)) {
      throw wait(tx, tried.here(), now);
    }
  }

  /** Whether another link may be sent to this account now; its network is refused aloud. */
  boolean mayReset(Tx tx, Tried tried, Instant now) {
    if (!store.enter(tx, tried.ofNetwork(), now)) {
      throw wait(tx, tried.ofNetwork(), now);
    }
    return store.enter(tx, tried.resets(), now);
  }

  /** An attempt that was wrong also counts for its network. */
  void failed(Tx tx, Tried tried, Instant now) {
    boolean unused = store.enter(tx, tried.ofNetwork(), now);
    store.sweep(tx, now);
  }

  /** All of it was right: what came before is forgotten, but not what others did nearby. */
  void succeeded(Tx tx, Tried tried) {
    store.clear(tx, List.of(tried.here().name(), tried.everywhere().name()));
  }

  /** So far it was right. */
  void giveBack(Tx tx, Tried tried) {
    store.giveBack(tx, tried.here().name());
    store.giveBack(tx, tried.everywhere().name());
  }

  private Refusal wait(Tx tx, AttemptStore.Bucket bucket, Instant now) {
    Duration left =
        store
            .blockedUntil(tx, bucket.name(), now)
            .map(end -> Duration.between(now, end))
            .orElse(Duration.ofSeconds(1));
    return Refusal.retryLater(
        ErrorCode.TOO_MANY_REQUESTS, "too many attempts failed: wait before the next", left);
  }
}
