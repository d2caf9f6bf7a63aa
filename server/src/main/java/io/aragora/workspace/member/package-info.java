/** Who is in a workspace, in which role; a workspace never loses its last owner. */
@NullMarked
package io.aragora.workspace.member;

import org.jspecify.annotations.NullMarked;
