package io.aragora.platform.mail;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Mails that wait, and those that were given up. */
final class MailStore {
  /** A mail as it waits: its words are sealed. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Waiting(UUID id, String recipient, String subject, byte[] body, Instant postedAt) {}

  void insert(Tx tx, Waiting mail) {
    tx.update(
        """
        insert into mail_outbox (mail_id, recipient, subject, body, posted_at)
        values (?, ?, ?, ?, ?)
        """,
        mail.id(),
        mail.recipient(),
        mail.subject(),
        mail.body(),
        mail.postedAt());
  }

  Optional<Waiting> find(Tx tx, UUID id) {
    return tx.one(
        """
        select mail_id, recipient, subject, body, posted_at
          from mail_outbox
         where mail_id = ?
           and given_up_at is null
        """,
        row ->
            new Waiting(
                row.uuid("mail_id"),
                row.text("recipient"),
                row.text("subject"),
                row.bytes("body"),
                row.instant("posted_at")),
        id);
  }

  boolean delivered(Tx tx, UUID id) {
    return tx.update(
            """
            delete from mail_outbox
             where mail_id = ?
            """,
            id)
        == 1;
  }

  boolean giveUp(Tx tx, UUID id, String fault, Instant now) {
    return tx.update(
            """
            update mail_outbox
               set given_up_at = ?, fault = ?, body = null
             where mail_id = ?
               and given_up_at is null
            """,
            now,
            fault,
            id)
        == 1;
  }

  /** Mails that wait, and mails that were given up. */
  record Count(long waiting, long givenUp) {}

  Count count(Tx tx) {
    return tx.one(
            """
            select count(*) filter (where given_up_at is null) as waiting,
                   count(*) filter (where given_up_at is not null) as given_up
              from mail_outbox
            """,
            row -> new Count(row.number("waiting"), row.number("given_up")))
        .orElseThrow();
  }

  /** Mail to the account's address goes with the account. */
  void forget(Tx tx, AccountId account) {
    tx.update(
        """
        delete from mail_outbox
         where lower(recipient) = (select lower(email)
                                     from account
                                    where account_id = ?)
        """,
        account.value());
  }
}
