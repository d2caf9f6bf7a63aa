/** Turns what a caller asks for into a complete brief, or says everything wrong with it. */
@NullMarked
package io.aragora.debate.brief;

import org.jspecify.annotations.NullMarked;
