package io.aragora.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.aragora.kernel.Refusal;
import io.aragora.platform.config.MailTls;
import io.aragora.platform.config.Secret;
import io.aragora.platform.config.Settings;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.JobLimits;
import io.aragora.platform.job.JobRun;
import io.aragora.platform.job.JobRunner;
import io.aragora.testing.TestDatabase;
import jakarta.mail.MessagingException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailerTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
  private static final Mail MAIL =
      new Mail("nora@example.org", "Grüße – an invitation", "Öffnen:\nx");

  private final TestDatabase own = TestDatabase.own();
  private final Database database = own.database();
  private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
  private final UUID id = UUID.randomUUID();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    database.close();
  }

  private Settings.Mail settings(MailTls tls, boolean isKnown) {
    return new Settings.Mail(
        "127.0.0.1",
        server.getSmtp().getPort(),
        tls,
        "aragora@example.com",
        isKnown ? "relay" : null,
        isKnown ? new Secret("hush") : null);
  }

  private Mailer mailer(Settings.Mail settings) {
    return new Mailer(database, () -> id, NOON, settings, MailSeal.NONE);
  }

  private void post(Mailer mailer) {
    database.inSystemTransaction(
        tx -> {
          mailer.post(tx, MAIL);
          return true;
        });
  }

  private long waiting() {
    return database.inSystemTransaction(
        tx ->
            tx.one("select count(*) as mails from mail_outbox", row -> row.number("mails"))
                .orElseThrow());
  }

  @Test
  void deliversOnceThePostingTransactionCommits() throws Exception {
    Mailer mailer = mailer(settings(MailTls.NONE, false));
    try (var bell = Doorbell.open(own.app());
        var runner =
            new JobRunner(
                database,
                bell,
                List.of(mailer.worker().orElseThrow()),
                JobLimits.of(1, Duration.ofSeconds(2)))) {
      runner.start();
      post(mailer);
      assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
    }
    var got = server.getReceivedMessages()[0];
    assertThat(got.getSubject()).isEqualTo("Grüße – an invitation");
    assertThat(got.getContent().toString().replace("\r\n", "\n")).isEqualTo("Öffnen:\nx");
    assertThat(got.getHeader("Message-ID", null)).isEqualTo("<" + id + "@example.com>");
    assertThat(got.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(waiting()).isZero();
  }

  @Test
  void aTransactionThatFailsPostsNothing() {
    Mailer mailer = mailer(settings(MailTls.NONE, false));
    assertThatThrownBy(
            () ->
                database.inSystemTransaction(
                    tx -> {
                      mailer.post(tx, MAIL);
                      throw new IllegalStateException("the change failed");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(waiting()).isZero();
  }

  @Test
  void signsInWhereTheServerAsksForAName() throws Exception {
    server.setUser("relay", "hush");
    Mailer mailer = mailer(settings(MailTls.NONE, true));
    post(mailer);
    run(mailer);
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  /** A server, or whoever stands between, that offers no TLS gets neither password nor mail. */
  @Test
  void saysNothingOverALineThatStaysInTheClear() {
    Mailer mailer = mailer(settings(MailTls.STARTTLS, true));
    post(mailer);
    assertThatThrownBy(() -> run(mailer)).isInstanceOf(MessagingException.class);
    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void aMailGivenUpStaysVisibleWithoutItsWords() {
    Mailer mailer = mailer(settings(MailTls.NONE, false));
    post(mailer);
    server.stop();
    assertThatThrownBy(() -> run(mailer)).isInstanceOf(MessagingException.class);

    handler(mailer).gaveUp(attempt(), new MessagingException("nobody there"));

    assertThat(mailer.givenUp()).isEqualTo(1);
    String row =
        database.inSystemTransaction(
            tx ->
                tx.one("select mail_outbox::text as row from mail_outbox", each -> each.text("row"))
                    .orElseThrow());
    assertThat(row).contains("nora@example.org", "MessagingException").doesNotContain("ffnen");
  }

  @Test
  void triesForAboutADay() {
    var kind = MailJob.KIND;
    Duration all = Duration.ZERO;
    for (int failures = 1; failures < kind.attempts(); failures++) {
      Duration pause = kind.firstPause().multipliedBy(1L << Math.min(failures - 1, 20));
      all = all.plus(pause.compareTo(kind.longestPause()) < 0 ? pause : kind.longestPause());
    }
    assertThat(all).isBetween(Duration.ofHours(20), Duration.ofHours(28));
  }

  @Test
  void withoutAServerNothingIsTaken() {
    var mailer = new Mailer(database, () -> id, NOON, null, MailSeal.NONE);
    assertThat(mailer.isConfigured()).isFalse();
    assertThat(mailer.worker()).isEmpty();
    assertThatThrownBy(() -> post(mailer)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.org\r\nBcc: c@d.org",
        "a@b.org\nSubject: x",
        "a@b.org, c@d.org",
        "a@b.org;c@d.org",
        "Nora <a@b.org>",
        "a b@c.org",
        "a@",
        "@b.org",
        "a@b..org",
        "a@b_c.org",
        "a@[127.0.0.1]",
        "a\u0000@b.org",
        "\"a\r\nb\"@c.org",
        "a@b.org\u2028Bcc: c",
      })
  void refusesAddressesThatAreNotOnePlainAddress(String to) {
    assertThatThrownBy(() -> new Mail(to, "s", "t")).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nBcc: c@d.org", "a\nb", "", " ", "a\u0000", "a\u2028b", "\u202eevil"})
  void refusesSubjectsThatAreNotOneLine(String subject) {
    assertThatThrownBy(() -> new Mail("a@b.org", subject, "t")).isInstanceOf(Refusal.class);
  }

  @Test
  void writesDomainsAsTheDnsDoes() {
    assertThat(new Mail(" nora@BÜCHER.example ", "s", "t").to())
        .isEqualTo("nora@xn--bcher-kva.example");
    assertThatThrownBy(() -> new Mail("a".repeat(65) + "@b.org", "s", "t"))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new Mail("a@b.org", "s", "t".repeat(20_001)))
        .isInstanceOf(Refusal.class);
  }

  private static JobHandler handler(Mailer mailer) {
    return mailer.worker().orElseThrow();
  }

  private void run(Mailer mailer) throws Exception {
    handler(mailer).run(attempt());
  }

  /** Only the subject of the run is asked for. */
  private JobRun attempt() {
    return (JobRun)
        Proxy.newProxyInstance(
            JobRun.class.getClassLoader(),
            new Class<?>[] {JobRun.class},
            (proxy, method, values) -> {
              assertThat(method.getName()).isEqualTo("subject");
              return id;
            });
  }
}
