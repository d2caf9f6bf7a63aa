-- A person signed in on one device. Found by the hash of its token before anything else is known.
create table session (
  session_id   uuid        not null,
  account_id   uuid        not null,
  token_hash   text        not null,
  csrf_hash    text        not null,
  -- Where the person works now; absent while they are in no workspace.
  workspace_id uuid,
  -- How the person showed who they are: password, password_totp, passkey or oidc.
  strength     text        not null,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  address      text,
  agent        text,
  constraint session_pk primary key (session_id),
  constraint session_token_once unique (token_hash),
  constraint session_account_fk foreign key (account_id) references account (account_id),
  constraint session_strength check (strength in ('password', 'password_totp', 'passkey', 'oidc'))
);

create index session_by_account on session (account_id);

alter table session enable row level security;
alter table session force row level security;
create policy session_own on session
  using (
    account_id = nullif(current_setting('app.account', true), '')::uuid
    or token_hash = nullif(current_setting('app.secret_hash', true), '')
  )
  with check (
    account_id = nullif(current_setting('app.account', true), '')::uuid
    or token_hash = nullif(current_setting('app.secret_hash', true), '')
  );

grant select, insert, update, delete on session to ${app_role};
