package io.aragora.receipt;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ReceiptId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a receipt, exactly as it was issued. */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record StoredReceipt(
    ReceiptId id,
    DebateId debate,
    long height,
    Instant issuedAt,
    String outcome,
    @Nullable String verdict,
    @Nullable String verdictPath,
    boolean isRehearsal,
    String payloadSha256,
    byte[] payload,
    byte[] envelope,
    String jws) {}
