package io.aragora.budget;

import io.aragora.kernel.Money;
import java.time.Instant;

/**
 * A line crossed: so many percent of a period's cap were committed (spent or held) at that moment.
 * The period is a month ({@code 2026-11}) or a day ({@code 2026-11-23}). At 100 percent nothing
 * more fits: all is committed, or a debate that an untouched period had room for was {@code
 * refused}.
 */
public record Alert(
    String period, int percent, Money cap, Money committed, Instant at, boolean refused) {}
