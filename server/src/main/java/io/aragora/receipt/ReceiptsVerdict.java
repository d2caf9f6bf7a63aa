package io.aragora.receipt;

import org.jspecify.annotations.Nullable;

/**
 * What verifying every receipt came to: how many there are, how many of those have words that were
 * erased, how many no signed head covers yet, and the first that is not as it was issued.
 */
public record ReceiptsVerdict(
    long receipts, long erased, long waiting, boolean ok, @Nullable String firstBroken) {}
