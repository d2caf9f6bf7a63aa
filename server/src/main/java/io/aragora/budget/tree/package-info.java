/** Who pays for whom: workspaces under others, whose caps bind them too. */
@NullMarked
package io.aragora.budget.tree;

import org.jspecify.annotations.NullMarked;
