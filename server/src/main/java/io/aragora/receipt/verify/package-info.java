/** Checks a receipt offline, from the bytes of a file and a set of trusted keys alone. */
@NullMarked
package io.aragora.receipt.verify;

import org.jspecify.annotations.NullMarked;
