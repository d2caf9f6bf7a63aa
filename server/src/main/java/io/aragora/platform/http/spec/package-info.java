/** Writes down what the operations say of themselves: OpenAPI and the reference pages. */
@NullMarked
package io.aragora.platform.http.spec;

import org.jspecify.annotations.NullMarked;
