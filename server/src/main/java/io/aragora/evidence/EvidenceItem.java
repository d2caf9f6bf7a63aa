package io.aragora.evidence;

import java.time.Instant;

/** A text attached for debates to cite, known by the SHA-256 of its bytes. */
public record EvidenceItem(String sha256, String name, long sizeBytes, Instant createdAt) {}
