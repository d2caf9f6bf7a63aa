package io.aragora;

import io.aragora.access.oidc.Oidc;
import io.aragora.access.oidc.OidcConfig;
import io.aragora.access.oidc.OidcParts;
import io.aragora.access.oidc.OidcRoutes;
import io.aragora.access.passkey.PasskeyParts;
import io.aragora.access.passkey.PasskeyRoutes;
import io.aragora.access.passkey.Passkeys;
import io.aragora.access.totp.Totp;
import io.aragora.access.totp.TotpParts;
import io.aragora.access.totp.TotpRoutes;
import io.aragora.access.trail.PersonTrail;
import io.aragora.platform.config.Secret;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.http.Routes;
import io.aragora.platform.secret.SecretBox;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The ways to sign in beside the password: a second factor, passkeys, the own provider. */
record SignIns(Totp totp, Passkeys passkeys, Oidc oidc) {

  static SignIns join(
      Settings settings, People.Ground ground, People people, SecretBox box, Egress egress) {
    var trail = new PersonTrail(ground.audit());
    var accounts = people.accounts();
    var sessions = people.sessions();
    var database = ground.database();
    RandomGenerator random = new java.security.SecureRandom();
    return new SignIns(
        new Totp(
            new TotpParts(database, accounts, new Passwords(), box, trail), ground.clock(), random),
        new Passkeys(
            new PasskeyParts(database, accounts, sessions, box, trail),
            settings.http().publicUrl(),
            ground.clock(),
            random),
        new Oidc(
            new OidcParts(database, accounts, sessions, egress, trail),
            config(settings.oidc()),
            settings.http().publicUrl(),
            ground.clock(),
            random));
  }

  List<Routes> routes() {
    return List.of(new TotpRoutes(totp), new PasskeyRoutes(passkeys), new OidcRoutes(oidc));
  }

  private static @Nullable OidcConfig config(Settings.@Nullable Oidc oidc) {
    if (oidc == null) {
      return null;
    }
    @Nullable Secret secret = oidc.clientSecret();
    return new OidcConfig(
        oidc.issuer(), oidc.clientId(), secret == null ? null : secret.value(), oidc.name());
  }
}
