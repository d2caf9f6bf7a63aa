/** What tests of every package share: a real database, a settable clock, a whole appliance. */
@NullMarked
package io.aragora.testing;

import org.jspecify.annotations.NullMarked;
