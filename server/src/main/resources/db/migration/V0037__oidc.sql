-- Who a person is at the sign-in provider. Found by the hash of issuer and subject, before it is known
-- whose account it is.
create table oidc_link (
  link_hash    text        not null,
  account_id   uuid        not null,
  issuer       text        not null,
  subject      text        not null,
  created_at   timestamptz not null,
  last_used_at timestamptz not null,
  constraint oidc_link_pk primary key (link_hash),
  -- An address the provider gives to somebody else does not lead into the old owner's account.
  constraint oidc_link_one_subject unique (account_id, issuer),
  constraint oidc_link_account_fk foreign key (account_id) references account (account_id)
);

alter table oidc_link enable row level security;
alter table oidc_link force row level security;
create policy oidc_link_own on oidc_link
  using (
    account_id = nullif(current_setting('app.account', true), '')::uuid
    or link_hash = nullif(current_setting('app.secret_hash', true), '')
  )
  with check (
    account_id = nullif(current_setting('app.account', true), '')::uuid
    or link_hash = nullif(current_setting('app.secret_hash', true), '')
  );

-- States that came back, until they would have ended anyway: each counts once. A row is the hash of
-- random bytes and belongs to nobody, so there is nothing to guard.
create table oidc_state_used (
  state_hash text        not null,
  expires_at timestamptz not null,
  constraint oidc_state_used_pk primary key (state_hash)
);

create index oidc_state_used_by_end on oidc_state_used (expires_at);

grant select, insert, update, delete on oidc_link to ${app_role};
grant select, insert, delete on oidc_state_used to ${app_role};
