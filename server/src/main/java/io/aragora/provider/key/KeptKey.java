package io.aragora.provider.key;

import io.aragora.kernel.ActorId;
import java.time.Instant;

/** What may be read of a key: who set it, when, and its end, by which its owner knows it. */
public record KeptKey(String provider, Instant setAt, ActorId setBy, String lastFour) {}
