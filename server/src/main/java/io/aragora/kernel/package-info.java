/** Words every part shares; depends on {@code java.*} only, at most 15 types. */
@NullMarked
package io.aragora.kernel;

import org.jspecify.annotations.NullMarked;
