package io.aragora.receipt;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ReceiptId;
import java.time.Instant;

/** A receipt that has just been signed, chained and handed to the log. */
public record Issued(
    ReceiptId id, DebateId debate, Instant issuedAt, String payloadSha256, long logIndex) {}
