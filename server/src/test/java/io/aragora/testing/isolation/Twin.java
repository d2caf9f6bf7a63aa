package io.aragora.testing.isolation;

import java.util.UUID;

/** One of two of a kind: a workspace with one person in it, who knows one secret. */
record Twin(UUID workspace, UUID account, String secret) {
  static Twin fresh() {
    return new Twin(
        UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID().toString().replace("-", ""));
  }
}
