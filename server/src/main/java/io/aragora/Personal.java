package io.aragora;

import io.aragora.access.KeyPerson;
import io.aragora.access.account.AccountPerson;
import io.aragora.access.oidc.OidcPerson;
import io.aragora.access.passkey.PasskeyPerson;
import io.aragora.access.session.SessionPerson;
import io.aragora.access.totp.TotpPerson;
import io.aragora.audit.AuditPerson;
import io.aragora.budget.OverridePerson;
import io.aragora.debate.person.DebatePerson;
import io.aragora.platform.mail.MailPerson;
import io.aragora.platform.person.PersonalData;
import io.aragora.privacy.Privacy;
import io.aragora.provider.key.ProviderKeys;
import io.aragora.workspace.invite.InvitePerson;
import io.aragora.workspace.member.MemberPerson;
import java.util.List;

/** Where something about a person is kept: all that is handed out, and erased, at their wish. */
final class Personal {
  private Personal() {}

  static Privacy join(People.Ground ground) {
    return new Privacy(ground.database(), ground.audit(), ground.clock(), parts(ground));
  }

  /** The account comes last: the others are found by it. */
  private static List<PersonalData> parts(People.Ground ground) {
    return List.of(
        new MemberPerson(),
        new KeyPerson(ground.clock()),
        new DebatePerson(),
        new OverridePerson(),
        ProviderKeys.person(),
        new AuditPerson(ground.audit()),
        new InvitePerson(),
        new MailPerson(),
        new SessionPerson(),
        new TotpPerson(),
        new PasskeyPerson(),
        new OidcPerson(),
        new AccountPerson());
  }
}
