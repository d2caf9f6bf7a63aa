/** A line to PostgreSQL that fails where a test wants it to. */
@NullMarked
package io.aragora.testing.line;

import org.jspecify.annotations.NullMarked;
