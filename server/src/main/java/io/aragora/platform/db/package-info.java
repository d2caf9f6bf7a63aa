/** Opens transactions, runs SQL, applies migrations. */
@NullMarked
package io.aragora.platform.db;

import org.jspecify.annotations.NullMarked;
