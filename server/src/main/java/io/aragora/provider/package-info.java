/** Asks a language model and prices the answer. */
@NullMarked
package io.aragora.provider;

import org.jspecify.annotations.NullMarked;
