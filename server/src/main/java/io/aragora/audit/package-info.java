/** Who did what to what, append only, tamper evident. */
@NullMarked
package io.aragora.audit;

import org.jspecify.annotations.NullMarked;
