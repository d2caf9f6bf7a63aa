package io.aragora.audit.desk;

import io.aragora.audit.AuditProof;
import org.jspecify.annotations.Nullable;

/**
 * An entry with what proves it to anybody: the hashed body (its leaf is SHA-256 of a zero byte and
 * this text), the salt that opens the body's commitments (hex; gone with the words), and the proof
 * that the leaf stands in the signed log, absent until a signed head covers it.
 */
public record AuditDetail(
    AuditLine entry, String body, @Nullable String salt, @Nullable AuditProof proof) {}
