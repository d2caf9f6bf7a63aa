/** Measurements that a person starts by hand and that print JSON. */
@NullMarked
package io.aragora.bench;

import org.jspecify.annotations.NullMarked;
