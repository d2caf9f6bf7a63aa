/** Trees of hashes, proofs over them and the signed heads of logs. */
@NullMarked
package io.aragora.platform.merkle;

import org.jspecify.annotations.NullMarked;
