/** The keys of model providers that a workspace keeps here, sealed. */
@NullMarked
package io.aragora.provider.key;

import org.jspecify.annotations.NullMarked;
