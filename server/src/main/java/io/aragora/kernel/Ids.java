package io.aragora.kernel;

import java.util.UUID;

/** Hands out new identifiers: UUID version 7, so that they sort by time of birth. */
@FunctionalInterface
public interface Ids {
  UUID next();
}
