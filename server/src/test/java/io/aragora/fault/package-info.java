/** Every operation, and every step of a debate, with each of its round trips failing in turn. */
@NullMarked
package io.aragora.fault;

import org.jspecify.annotations.NullMarked;
