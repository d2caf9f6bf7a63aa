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
import io.aragora.platform.egress.Egress;
import io.aragora.platform.http.Routes;
import io.aragora.platform.secret.SecretBox;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to sign in beside the password: a second factor, passkeys, the own provider. */
record SignIns(Totp totp, Passkeys passkeys, Oidc oidc) {

  /** What they need of the outside: a box for secrets, a door to the provider. */
  record Means(SecretBox box, Egress egress) {}

  /** Made before the accounts are: their sign-in asks it. */
  static Totp totp(People.Ground ground, SecretBox box) {
    var parts =
        new TotpParts(ground.database(), ground.passwords(), box, new PersonTrail(ground.audit()));
    return new Totp(parts, ground.clock(), new SecureRandom());
  }

  static SignIns join(
      Settings settings, People.Ground ground, People people, Totp totp, Means means) {
    var trail = new PersonTrail(ground.audit());
    var database = ground.database();
    return new SignIns(
        totp,
        new Passkeys(
            new PasskeyParts(database, people.accounts(), people.sessions(), means.box(), trail),
            settings.http().publicUrl(),
            ground.clock(),
            new SecureRandom()),
        new Oidc(
            new OidcParts(database, people.accounts(), people.sessions(), means.egress(), trail),
            config(settings.oidc()),
            settings.http().publicUrl(),
            ground.clock(),
            new SecureRandom()));
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
