package io.aragora.access.oidc;

import io.aragora.access.account.Accounts;
import io.aragora.access.session.Sessions;
import io.aragora.access.trail.PersonTrail;
import io.aragora.platform.db.Database;
import io.aragora.platform.egress.Egress;

/** What signing in elsewhere is made of. */
public record OidcParts(
    Database database, Accounts accounts, Sessions sessions, Egress egress, PersonTrail trail) {}
