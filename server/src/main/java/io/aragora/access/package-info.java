/** Who is calling and what they may do. */
@NullMarked
package io.aragora.access;

import org.jspecify.annotations.NullMarked;
