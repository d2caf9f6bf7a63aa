/** Who may call what, tried out in every combination. */
@NullMarked
package io.aragora.access.matrix;

import org.jspecify.annotations.NullMarked;
