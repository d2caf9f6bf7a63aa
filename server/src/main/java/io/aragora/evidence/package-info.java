/** Keeps the texts a debate may cite and checks what is quoted from them. */
@NullMarked
package io.aragora.evidence;

import org.jspecify.annotations.NullMarked;
