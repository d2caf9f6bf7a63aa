-- Keys that live in a person's device and sign them in without a password.
create table passkey (
  passkey_id      uuid        not null,
  account_id      uuid        not null,
  name            text        not null,
  -- The authenticator's own id of the key, and the public key with its AAGUID as it registered them.
  credential_id   bytea       not null,
  credential      bytea       not null,
  -- What the authenticator says of itself; a counter that does not rise tells of a copy.
  sign_count      bigint      not null,
  backup_eligible boolean     not null,
  backed_up       boolean     not null,
  created_at      timestamptz not null,
  last_used_at    timestamptz,
  constraint passkey_pk primary key (passkey_id),
  constraint passkey_credential_once unique (credential_id),
  constraint passkey_account_fk foreign key (account_id) references account (account_id),
  constraint passkey_name_length check (length(name) between 1 and 100)
);

create index passkey_by_account on passkey (account_id);

alter table passkey enable row level security;
alter table passkey force row level security;
create policy passkey_own on passkey
  using (account_id = nullif(current_setting('app.account', true), '')::uuid)
  with check (account_id = nullif(current_setting('app.account', true), '')::uuid);

-- Challenges that were answered, until they would have ended anyway: each counts once. A row is the
-- hash of random bytes and belongs to nobody, so there is nothing to guard.
create table passkey_challenge_used (
  challenge_hash text        not null,
  expires_at     timestamptz not null,
  constraint passkey_challenge_used_pk primary key (challenge_hash)
);

create index passkey_challenge_used_by_end on passkey_challenge_used (expires_at);

grant select, insert, update, delete on passkey to ${app_role};
grant select, insert, delete on passkey_challenge_used to ${app_role};
