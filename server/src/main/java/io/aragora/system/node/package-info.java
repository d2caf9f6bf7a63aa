/** Whether a node fits the database it was pointed at. */
@NullMarked
package io.aragora.system.node;

import org.jspecify.annotations.NullMarked;
