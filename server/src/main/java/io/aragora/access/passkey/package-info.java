/** Keys in a person's device that sign them in without a password. */
@NullMarked
package io.aragora.access.passkey;

import org.jspecify.annotations.NullMarked;
