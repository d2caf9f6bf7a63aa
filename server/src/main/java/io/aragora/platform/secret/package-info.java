/** Seals what the database must keep but nobody may read there. */
@NullMarked
package io.aragora.platform.secret;

import org.jspecify.annotations.NullMarked;
