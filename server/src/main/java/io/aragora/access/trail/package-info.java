/** Writes what happens to a person into the audit logs of their workspaces. */
@NullMarked
package io.aragora.access.trail;

import org.jspecify.annotations.NullMarked;
