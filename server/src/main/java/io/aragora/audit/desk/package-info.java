/** Searches, exports and verifies the audit log, for those who may read it. */
@NullMarked
package io.aragora.audit.desk;

import org.jspecify.annotations.NullMarked;
