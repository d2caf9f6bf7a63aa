/** What clients and the model server saw during a drill, and what they may not have seen. */
@NullMarked
package io.aragora.drill.history;

import org.jspecify.annotations.NullMarked;
