/** Says what a debate needs next; pure. */
@NullMarked
package io.aragora.debate.engine;

import org.jspecify.annotations.NullMarked;
