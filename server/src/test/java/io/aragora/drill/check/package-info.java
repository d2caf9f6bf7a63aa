/** Everything that is counted again after a drill. */
@NullMarked
package io.aragora.drill.check;

import org.jspecify.annotations.NullMarked;
