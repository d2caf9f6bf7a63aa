package io.aragora;

import com.fasterxml.uuid.Generators;
import io.aragora.access.account.Account;
import io.aragora.access.account.SecondFactor;
import io.aragora.audit.AuditLog;
import io.aragora.cli.admin.AccountDesk;
import io.aragora.kernel.Ids;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.mail.Mailer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** The accounts of a database, opened for one command. */
final class LocalAccounts implements AccountDesk {
  private final Database database;
  private final People people;

  private LocalAccounts(Database database, People people) {
    this.database = database;
    this.people = people;
  }

  static LocalAccounts open(Settings settings, InstantSource clock) {
    Ids ids = Generators.timeBasedEpochGenerator()::generate;
    var database = Database.openForCommand(settings.database().app(), 2);
    var ground =
        new People.Ground(
            database, ids, clock, new AuditLog(ids, clock, new SecureRandom()), new Passwords());
    return new LocalAccounts(
        database,
        People.join(
            settings,
            ground,
            SecondFactor.NONE,
            new Mailer(database, ids, clock, null, MailSeal.NONE)));
  }

  @Override
  public List<Line> page(String after, int most) {
    return people.accounts().page(after, most).stream().map(LocalAccounts::line).toList();
  }

  private static Line line(Account account) {
    return new Line(
        account.id().value(),
        account.email(),
        account.name(),
        account.status().name().toLowerCase(Locale.ROOT),
        account.isOperator());
  }

  @Override
  public String resetLink(String email) {
    return people.accounts().resetLink(email);
  }

  @Override
  public void deactivate(String email) {
    people.accounts().deactivate(email);
  }

  @Override
  public void activate(String email) {
    people.accounts().activate(email);
  }

  @Override
  public void close() {
    database.close();
  }
}
