/** Turns ballots into a verdict; pure. */
@NullMarked
package io.aragora.consensus;

import org.jspecify.annotations.NullMarked;
