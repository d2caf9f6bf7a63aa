/** Cuts clients that send or read so slowly that they only hold a place. */
@NullMarked
package io.aragora.platform.http.guard;

import org.jspecify.annotations.NullMarked;
