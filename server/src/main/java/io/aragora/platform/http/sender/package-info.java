/** Who sent a request and how, also where a proxy that is trusted passed it on. */
@NullMarked
package io.aragora.platform.http.sender;

import org.jspecify.annotations.NullMarked;
