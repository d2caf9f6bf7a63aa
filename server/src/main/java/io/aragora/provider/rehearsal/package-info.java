/** Argues a brief from its own words: lexical, deterministic, without a model or a network. */
@NullMarked
package io.aragora.provider.rehearsal;

import org.jspecify.annotations.NullMarked;
