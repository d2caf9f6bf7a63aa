/** People signed in: cookies, what they let in, and how they end. */
@NullMarked
package io.aragora.access.session;

import org.jspecify.annotations.NullMarked;
