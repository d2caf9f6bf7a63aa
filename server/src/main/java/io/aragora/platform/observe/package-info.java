/** Meters, health, request log. */
@NullMarked
package io.aragora.platform.observe;

import org.jspecify.annotations.NullMarked;
