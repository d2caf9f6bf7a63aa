package io.aragora.platform.http.server;

import io.aragora.kernel.Ids;
import io.aragora.platform.db.Database;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import io.helidon.security.Security;
import java.time.InstantSource;

/**
 * What the server needs of the rest: {@code security} admits callers (its provider hands over an
 * {@link Admitted}), {@code database} keeps the idempotency keys, {@code version} is the product's.
 */
public record HttpParts(
    Security security,
    Database database,
    Health health,
    Meters meters,
    Ids ids,
    InstantSource clock,
    String version) {}
