package io.aragora.access.account;

import io.aragora.access.Access;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Trail;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.mail.Mailer;
import java.net.URI;
import java.time.InstantSource;

/** What accounts stand on. */
public record AccountParts(
    Database database,
    InstantSource clock,
    Passwords passwords,
    Access access,
    Sessions sessions,
    Trail trail,
    SecondFactor secondFactor,
    Mailer mailer,
    URI publicUrl) {}
