/** The table of security controls: what is asked for, whether it is done, and what proves it. */
@NullMarked
package io.aragora.testing.controls;

import org.jspecify.annotations.NullMarked;
