package io.aragora.provider;

import org.jspecify.annotations.Nullable;

/**
 * A model the operator offers; what is left out comes from the price table, and a model the table
 * does not know needs at least a price (zero for one's own machine).
 */
public record ModelConfig(
    String name,
    @Nullable String vendor,
    @Nullable String family,
    @Nullable Price price,
    long contextTokens) {

  /** A model of which everything is in the price table. */
  public static ModelConfig known(String name) {
    return new ModelConfig(name, null, null, null, 0);
  }
}
