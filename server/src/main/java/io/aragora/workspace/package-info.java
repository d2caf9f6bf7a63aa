/** Workspaces: made, named, exported, deleted after a time of grace. */
@NullMarked
package io.aragora.workspace;

import org.jspecify.annotations.NullMarked;
