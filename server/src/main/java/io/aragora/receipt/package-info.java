/** Issues, verifies and renders the signed record of a decision. */
@NullMarked
package io.aragora.receipt;

import org.jspecify.annotations.NullMarked;
