/** What keeps browsers and floods of requests from being turned against the API. */
@NullMarked
package io.aragora.platform.http.safety;

import org.jspecify.annotations.NullMarked;
