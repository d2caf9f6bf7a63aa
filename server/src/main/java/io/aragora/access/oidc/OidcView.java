package io.aragora.access.oidc;

import org.jspecify.annotations.Nullable;

/** Whether there is a provider to sign in at, and what it is called. */
public record OidcView(boolean enabled, @Nullable String name) {}
