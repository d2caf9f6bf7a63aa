/** The rules of the house as code: what each forbids, and how sources and classes are read. */
@NullMarked
package io.aragora.testing.architecture;

import org.jspecify.annotations.NullMarked;
