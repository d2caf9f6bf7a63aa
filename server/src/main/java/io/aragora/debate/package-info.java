/** Opens debates and carries each to its receipt. */
@NullMarked
package io.aragora.debate;

import org.jspecify.annotations.NullMarked;
