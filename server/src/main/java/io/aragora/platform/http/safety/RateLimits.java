package io.aragora.platform.http.safety;

import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.sender.Address;
import io.aragora.platform.http.sender.Sender;
import io.github.bucket4j.TimeMeter;
import java.util.Optional;

/**
 * How often callers may ask this node: each key or person by itself, strangers by their address.
 * Kept in this node's memory only; with several nodes each allows as much.
 */
public final class RateLimits {
  private final Buckets callers;
  private final Buckets strangers;

  public RateLimits(Rates rates) {
    this(rates, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimits(Rates rates, TimeMeter clock) {
    this.callers = new Buckets("caller", rates.caller(), clock);
    this.strangers = new Buckets("stranger", rates.stranger(), clock);
  }

  /** Takes one request off what the caller has; empty where nothing limits it, as with health. */
  public Optional<Allowance> take(
      Operation operation, Optional<? extends Admitted> caller, Sender from) {
    if (operation.noun().equals("health")) {
      return Optional.empty();
    }
    return caller.isPresent()
        ? callers.take(caller.get().actor().toString())
        : strangers.take(Address.network(from.address()));
  }
}
