package io.aragora.access.passkey;

import io.aragora.access.account.Accounts;
import io.aragora.access.session.Sessions;
import io.aragora.access.trail.PersonTrail;
import io.aragora.platform.db.Database;
import io.aragora.platform.secret.SecretBox;

/** What passkeys are made of. */
public record PasskeyParts(
    Database database, Accounts accounts, Sessions sessions, SecretBox box, PersonTrail trail) {}
