/** Signs receipts, seals secrets, canonical JSON. */
@NullMarked
package io.aragora.platform.crypto;

import org.jspecify.annotations.NullMarked;
