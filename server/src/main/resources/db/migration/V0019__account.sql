-- People. An account belongs to no workspace: its memberships say where it may do what.
create table account (
  account_id          uuid        not null,
  -- As its owner writes it, and as it is compared (folded, so that look-alikes meet).
  email               text        not null,
  email_key           text        not null,
  name                text        not null,
  -- Argon2id in its own text form; absent for people who only come by passkey or OIDC.
  password_hash       text,
  password_changed_at timestamptz,
  status              text        not null,
  -- Runs the appliance: may make workspaces.
  is_operator         boolean     not null,
  created_at          timestamptz not null,
  constraint account_pk primary key (account_id),
  constraint account_email_once unique (email_key),
  constraint account_email_length check (length(email) between 3 and 254),
  constraint account_name_length check (length(name) between 1 and 200),
  constraint account_status check (status in ('ACTIVE', 'DEACTIVATED', 'ERASED'))
);

grant select, insert, update on account to ${app_role};
