/** A second factor: codes from an authenticator app, and recovery codes. */
@NullMarked
package io.aragora.access.totp;

import org.jspecify.annotations.NullMarked;
