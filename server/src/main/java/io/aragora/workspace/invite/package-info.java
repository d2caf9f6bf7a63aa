/** Invites: a link that lets one person into a workspace once. */
@NullMarked
package io.aragora.workspace.invite;

import org.jspecify.annotations.NullMarked;
