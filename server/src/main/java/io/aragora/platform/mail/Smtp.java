package io.aragora.platform.mail;

import io.aragora.platform.config.Settings;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;

/**
 * Speaks to the operator's mail server and to no other: its name comes from the settings alone, so
 * no request can choose where the connection goes.
 */
final class Smtp {
  private static final String PATIENCE_MILLIS = "10000";

  private final Settings.Mail settings;
  private final Session session;

  Smtp(Settings.Mail settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
  }

  void send(MailStore.Waiting mail, String text) throws MessagingException {
    MimeMessage message = message(mail, text);
    try (Transport transport = session.getTransport("smtp")) {
      if (settings.user() == null || settings.password() == null) {
        transport.connect();
      } else {
        transport.connect(settings.user(), settings.password().value());
      }
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private MimeMessage message(MailStore.Waiting mail, String text) throws MessagingException {
    String id = "<%s@%s>".formatted(mail.id(), settings.from().replaceFirst(".*@", ""));
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(new InternetAddress(settings.from(), true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.recipient(), false));
    message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(mail.postedAt()));
    // No holiday notices and no bounces of bounces.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(text, StandardCharsets.UTF_8.name());
    message.saveChanges();
    return message;
  }

  private static Properties properties(Settings.Mail settings) {
    var all = new Properties();
    all.setProperty("mail.smtp.host", settings.host());
    all.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    all.setProperty("mail.smtp.auth", Boolean.toString(settings.user() != null));
    all.setProperty("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
    all.setProperty("mail.smtp.timeout", PATIENCE_MILLIS);
    all.setProperty("mail.smtp.writetimeout", PATIENCE_MILLIS);
    all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    all.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    all.setProperty("mail.mime.allowutf8", "true");
    all.setProperty("mail.smtp.localhost", "localhost");
    switch (settings.tls()) {
      case TLS -> all.setProperty("mail.smtp.ssl.enable", "true");
      case STARTTLS -> {
        all.setProperty("mail.smtp.starttls.enable", "true");
        // A line that somebody keeps in clear text is no line.
        all.setProperty("mail.smtp.starttls.required", "true");
      }
      case NONE -> {}
    }
    return all;
  }
}
