/** The only door to other machines: SSRF guard, timeouts, size caps, breaker. */
@NullMarked
package io.aragora.platform.egress;

import org.jspecify.annotations.NullMarked;
