/** The Merkle log: leaves, checkpoints, proofs. */
@NullMarked
package io.aragora.transparency;

import org.jspecify.annotations.NullMarked;
