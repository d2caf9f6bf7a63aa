package io.aragora.platform.mail;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.Jobs;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Watched;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes mail in the caller's transaction; a job delivers it once that commits. */
public final class Mailer {
  /** Mail is the appliance's own work, in no workspace. */
  private static final WorkspaceId NOWHERE = new WorkspaceId(new UUID(0, 0));

  private final Database database;
  private final Jobs jobs;
  private final Ids ids;
  private final InstantSource clock;
  private final @Nullable Smtp smtp;
  private final MailSeal seal;
  private final MailStore store = new MailStore();

  /** Without a server's settings nothing is sent: see {@link #isConfigured()}. */
  public Mailer(
      Database database,
      Ids ids,
      InstantSource clock,
      Settings.@Nullable Mail settings,
      MailSeal seal) {
    this.database = database;
    this.jobs = new Jobs();
    this.ids = ids;
    this.clock = clock;
    this.smtp = settings == null ? null : new Smtp(settings);
    this.seal = seal;
  }

  /** Whether there is a server to hand mail to. */
  public boolean isConfigured() {
    return smtp != null;
  }

  /** Queues a mail: it goes out if this transaction commits, and never if it does not. */
  public void post(Tx tx, Mail mail) {
    if (!isConfigured()) {
      throw Refusal.of(ErrorCode.CONFLICT, "no mail server is set up: see ARAGORA_SMTP_HOST");
    }
    UUID id = ids.next();
    byte[] body = seal.seal(where(id), mail.text().getBytes(StandardCharsets.UTF_8));
    store.insert(tx, new MailStore.Waiting(id, mail.to(), mail.subject(), body, clock.instant()));
    jobs.add(tx, MailJob.KIND, id, NOWHERE);
  }

  /** What delivers the mail; none without a server. */
  public Optional<JobHandler> worker() {
    return Optional.ofNullable(smtp)
        .map(server -> new MailJob(database, clock, server, seal, store));
  }

  /** How many mails were given up: they stay in the table, without their words. */
  public long givenUp() {
    return database.inSystemTransaction(store::count).givenUp();
  }

  /** How much mail waits, and how much could not be delivered. */
  public Watched watched() {
    return meters -> {
      MailStore.Count count = database.inSystemTransaction(store::count);
      meters.show(Meter.MAILS_WAITING, count.waiting());
      meters.show(Meter.MAILS_GIVEN_UP, count.givenUp());
    };
  }

  static String where(UUID id) {
    return "mail_outbox|body|" + id;
  }
}
