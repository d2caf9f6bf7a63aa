/** Shows a person what is kept about them, and erases it. */
@NullMarked
package io.aragora.privacy;

import org.jspecify.annotations.NullMarked;
