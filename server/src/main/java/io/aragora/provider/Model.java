package io.aragora.provider;

/**
 * A model a debate may seat.
 *
 * @param id how the appliance names it: {@code provider/name}, or {@code rehearsal-1} to 5
 * @param provider the id of the provider that is called
 * @param name how the provider names it
 * @param vendor who made it; seats of one vendor are less independent
 * @param family the line of models it belongs to
 * @param contextTokens the most it can read, or 0 if nobody said
 */
public record Model(
    String id,
    String provider,
    String name,
    String vendor,
    String family,
    Price price,
    long contextTokens,
    ProviderKind kind) {

  /** Whether answers of this model only rehearse a decision. */
  public boolean isRehearsal() {
    return kind == ProviderKind.REHEARSAL;
  }
}
