/** Keeps spending under the cap: hold, settle, release; the ledger. */
@NullMarked
package io.aragora.budget;

import org.jspecify.annotations.NullMarked;
