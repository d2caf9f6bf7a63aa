package io.aragora;

import io.aragora.access.Access;
import io.aragora.access.AccessRoutes;
import io.aragora.access.KeyRoutes;
import io.aragora.access.account.AccountParts;
import io.aragora.access.account.AccountRoutes;
import io.aragora.access.account.Accounts;
import io.aragora.access.account.SecondFactor;
import io.aragora.access.session.SessionRoutes;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Trail;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.Ids;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Routes;
import io.aragora.platform.mail.Mailer;
import java.time.InstantSource;
import java.util.List;

/** Who may come in: keys, sessions and accounts, joined alike for the server and the commands. */
record People(
    Access access, Trail trail, Sessions sessions, Accounts accounts, Passwords passwords) {

  /** What all of them stand on. */
  record Ground(
      Database database, Ids ids, InstantSource clock, AuditLog audit, Passwords passwords) {}

  static People join(Settings settings, Ground ground, SecondFactor factor, Mailer mailer) {
    var access = new Access(ground.database(), ground.ids(), ground.clock(), ground.audit());
    var trail = new Trail(ground.audit());
    var life = new Sessions.Life(settings.sessions().idle(), settings.sessions().longest());
    var sessions =
        new Sessions(ground.database(), access, trail, ground.ids(), ground.clock(), life);
    var accounts =
        new Accounts(
            new AccountParts(
                ground.database(),
                ground.clock(),
                ground.passwords(),
                access,
                sessions,
                trail,
                factor,
                mailer,
                settings.http().publicUrl()));
    return new People(access, trail, sessions, accounts, ground.passwords());
  }

  List<Routes> routes() {
    return List.of(
        new AccessRoutes(sessions),
        new AccountRoutes(accounts),
        new SessionRoutes(sessions),
        new KeyRoutes(access));
  }
}
