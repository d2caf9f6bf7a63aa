package io.aragora.budget;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import java.time.Instant;
import java.util.UUID;

/** One line of the append-only list of money spent. */
public record LedgerEntry(
    UUID callId,
    DebateId debateId,
    int seat,
    String provider,
    String model,
    Tokens tokens,
    Money charged,
    Money excess,
    String priceBasis,
    String kind,
    Instant at) {}
