/** Erases the words of old audit entries, where a workspace wants that. */
@NullMarked
package io.aragora.audit.retention;

import org.jspecify.annotations.NullMarked;
