/** Drills: what may happen to a running appliance is done to it, and then everything is counted. */
@NullMarked
package io.aragora.drill;

import org.jspecify.annotations.NullMarked;
