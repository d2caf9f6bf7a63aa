/** The appliance: every object made and joined, in reading order. */
@NullMarked
package io.aragora;

import org.jspecify.annotations.NullMarked;
