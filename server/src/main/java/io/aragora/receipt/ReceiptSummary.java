package io.aragora.receipt;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ReceiptId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the list of receipts; question and label are null once erased. */
public record ReceiptSummary(
    ReceiptId id,
    DebateId debateId,
    Instant issuedAt,
    String outcome,
    @Nullable String verdict,
    @Nullable String verdictLabel,
    @Nullable String question,
    boolean rehearsal,
    String payloadSha256) {}
