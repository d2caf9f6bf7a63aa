/** Signing in at the organisation's own provider (OpenID Connect). */
@NullMarked
package io.aragora.access.oidc;

import org.jspecify.annotations.NullMarked;
