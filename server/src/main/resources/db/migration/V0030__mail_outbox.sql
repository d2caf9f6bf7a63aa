-- Mails wait here for the job that delivers them. No row-level security: mail belongs to no workspace.
create table mail_outbox (
  mail_id     uuid        not null,
  recipient   text        not null,
  subject     text        not null,
  -- The words, sealed where secrets are; gone once the mail is delivered or given up.
  body        bytea,
  posted_at   timestamptz not null,
  -- Given up after a day; the row stays to be seen. A delivered mail leaves no row.
  given_up_at timestamptz,
  fault       text,
  constraint mail_outbox_pk primary key (mail_id),
  constraint mail_outbox_recipient_length check (length(recipient) between 3 and 254),
  constraint mail_outbox_body_until_given_up check ((body is null) = (given_up_at is not null))
);

grant select, insert, update, delete on mail_outbox to ${app_role};
