/** Money held for debates that nobody carries: found, and given back. */
@NullMarked
package io.aragora.debate.dead;

import org.jspecify.annotations.NullMarked;
