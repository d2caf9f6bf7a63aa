package io.aragora.access.session;

import java.time.Instant;

/** How and when a person showed who they are. */
public record Shown(Strength by, Instant at) {}
