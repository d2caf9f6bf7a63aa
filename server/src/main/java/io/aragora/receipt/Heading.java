package io.aragora.receipt;

import io.aragora.kernel.ReceiptId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the appliance itself adds to a decision: identity, time, issuer, place in the chain. */
record Heading(
    ReceiptId id, Instant issuedAt, String issuer, String deployment, @Nullable String previous) {}
