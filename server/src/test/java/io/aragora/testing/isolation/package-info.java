/** Tries to reach the rows of one workspace from another. */
@NullMarked
package io.aragora.testing.isolation;

import org.jspecify.annotations.NullMarked;
