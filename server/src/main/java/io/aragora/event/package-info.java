/** Appends what happened in a debate and streams it. */
@NullMarked
package io.aragora.event;

import org.jspecify.annotations.NullMarked;
