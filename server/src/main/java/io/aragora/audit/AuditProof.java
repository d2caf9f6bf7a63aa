package io.aragora.audit;

import java.util.List;

/**
 * Proves that an entry stands in the log at {@code index}: the leaf hash, the hashes beside it on
 * the way up (RFC 9162), and the signed head of the tree of {@code size} entries.
 */
public record AuditProof(
    long index, long size, String leafSha256, List<String> path, String checkpoint) {
  public AuditProof {
    path = List.copyOf(path);
  }
}
