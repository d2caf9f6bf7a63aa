package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.List;

/** Where tree hashes are kept: level 0 are leaves, level n roots of 256^n leaves each. */
@FunctionalInterface
public interface HashSource {
  List<Sha256> hashes(int level, long from, int count);
}
