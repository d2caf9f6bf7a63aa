package io.aragora.budget;

import io.aragora.kernel.Money;

/**
 * What settling a call did: {@code charged} moved from held to spent; {@code excess} is what the
 * provider claims beyond the hold, recorded but not spent; {@code left} is what the hold still has.
 */
public record Settled(Money charged, Money excess, Money left) {}
