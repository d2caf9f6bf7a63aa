/** Durable work: claim with a lease, run, retry, give up. */
@NullMarked
package io.aragora.platform.job;

import org.jspecify.annotations.NullMarked;
