package io.aragora.platform.mail;

import io.aragora.platform.db.Database;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.JobKind;
import io.aragora.platform.job.JobRun;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/** Hands one mail to the server; again for a day while the server does not take it. */
final class MailJob implements JobHandler {
  /** Half a minute, then twice as long each time up to an hour: about a day in all. */
  static final JobKind KIND = new JobKind("mail", 30, Duration.ofSeconds(30), Duration.ofHours(1));

  private static final System.Logger LOG = System.getLogger("aragora.mail");

  private final Database database;
  private final InstantSource clock;
  private final Smtp smtp;
  private final MailSeal seal;
  private final MailStore store;

  MailJob(Database database, InstantSource clock, Smtp smtp, MailSeal seal, MailStore store) {
    this.database = database;
    this.clock = clock;
    this.smtp = smtp;
    this.seal = seal;
    this.store = store;
  }

  @Override
  public JobKind kind() {
    return KIND;
  }

  /**
   * A node that dies between the hand-over and the commit sends the mail again: both have the same
   * Message-ID, by which receivers tell that they are one.
   */
  @Override
  public void run(JobRun run) throws MessagingException {
    var waiting = database.inSystemTransaction(tx -> store.find(tx, run.subject()));
    if (waiting.isPresent()) {
      MailStore.Waiting mail = waiting.get();
      byte[] text = seal.open(Mailer.where(mail.id()), mail.body());
      smtp.send(mail, new String(text, StandardCharsets.UTF_8));
      boolean unused = database.inSystemTransaction(tx -> store.delivered(tx, mail.id()));
    }
  }

  @Override
  public void gaveUp(JobRun run, Throwable cause) {
    String fault = cause.getClass().getSimpleName();
    boolean unused =
        database.inSystemTransaction(tx -> store.giveUp(tx, run.subject(), fault, clock.instant()));
    LOG.log(
        System.Logger.Level.ERROR,
        "mail {0} could not be delivered for a day and is given up: {1}",
        run.subject(),
        fault);
  }
}
