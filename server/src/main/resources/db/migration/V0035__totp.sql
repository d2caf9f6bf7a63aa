-- A second factor: codes from an authenticator app, and the recovery codes that stand in for it.
create table totp (
  account_id   uuid        not null,
  -- Sealed under the appliance's own data key.
  secret       bytea       not null,
  created_at   timestamptz not null,
  -- Absent until its owner has shown one code; until then it is asked for nowhere.
  confirmed_at timestamptz,
  -- The last time step a code was taken for: only a later one counts, on whichever node.
  last_step    bigint      not null,
  -- Wrong codes in a row, and when the last of them came.
  wrong        integer     not null,
  wrong_at     timestamptz,
  constraint totp_pk primary key (account_id),
  constraint totp_account_fk foreign key (account_id) references account (account_id)
);

create table recovery_code (
  account_id uuid        not null,
  code_hash  text        not null,
  created_at timestamptz not null,
  used_at    timestamptz,
  constraint recovery_code_pk primary key (account_id, code_hash),
  constraint recovery_code_account_fk foreign key (account_id) references account (account_id)
);

alter table totp enable row level security;
alter table totp force row level security;
create policy totp_own on totp
  using (account_id = nullif(current_setting('app.account', true), '')::uuid)
  with check (account_id = nullif(current_setting('app.account', true), '')::uuid);

alter table recovery_code enable row level security;
alter table recovery_code force row level security;
create policy recovery_code_own on recovery_code
  using (account_id = nullif(current_setting('app.account', true), '')::uuid)
  with check (account_id = nullif(current_setting('app.account', true), '')::uuid);

grant select, insert, update, delete on totp to ${app_role};
grant select, insert, update, delete on recovery_code to ${app_role};
