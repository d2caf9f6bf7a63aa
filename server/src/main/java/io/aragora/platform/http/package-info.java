/** What all routes share: operations, errors, paging, idempotency, spec. */
@NullMarked
package io.aragora.platform.http;

import org.jspecify.annotations.NullMarked;
