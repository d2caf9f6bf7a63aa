package io.aragora.provider;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that went to a provider: one row of the ledger.
 *
 * @param number counts from 1 within one ask
 * @param failure null when it was answered
 * @param mayBeBilled whether the provider can have charged for it
 * @param modelActual the model the provider says answered, or empty
 */
public record Attempt(
    int number,
    ProviderFailure.@Nullable Kind failure,
    Usage usage,
    boolean mayBeBilled,
    String modelActual,
    Duration took) {

  public Optional<ProviderFailure.Kind> failed() {
    return Optional.ofNullable(failure);
  }
}
