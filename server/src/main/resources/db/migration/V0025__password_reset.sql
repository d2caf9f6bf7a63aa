-- Links with which a person sets a new password: hashed, short-lived, good for one use.
create table password_reset (
  token_hash text        not null,
  account_id uuid        not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint password_reset_pk primary key (token_hash),
  constraint password_reset_account_fk foreign key (account_id) references account (account_id)
);

create index password_reset_by_account on password_reset (account_id);

alter table password_reset enable row level security;
alter table password_reset force row level security;
-- Only who knows the token can name its hash; otherwise the rows are the account's own.
create policy password_reset_own on password_reset
  using (
    account_id = nullif(current_setting('app.account', true), '')::uuid
    or token_hash = nullif(current_setting('app.secret_hash', true), '')
  )
  with check (account_id = nullif(current_setting('app.account', true), '')::uuid);

grant select, insert, update, delete on password_reset to ${app_role};
