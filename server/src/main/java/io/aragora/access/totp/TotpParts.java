package io.aragora.access.totp;

import io.aragora.access.trail.PersonTrail;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.secret.SecretBox;

/** What a second factor is made of. */
public record TotpParts(Database database, Passwords passwords, SecretBox box, PersonTrail trail) {}
