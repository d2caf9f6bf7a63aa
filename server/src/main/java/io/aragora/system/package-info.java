/** Version, readiness, doctor. */
@NullMarked
package io.aragora.system;

import org.jspecify.annotations.NullMarked;
