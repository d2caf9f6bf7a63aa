-- Who did what to what: written in the transaction of the change, never changed afterwards.
create table audit_entry (
  entry_id      uuid        not null,
  workspace_id  uuid        not null,
  at            timestamptz not null,
  action        text        not null,
  target_kind   text        not null,
  target_id     text        not null,
  outcome       text        not null,
  actor_kind    text        not null,
  actor_id      uuid        not null,
  request_id    text,
  -- Hashes of the thing before and after, where it had a state worth comparing.
  before_sha256 text,
  after_sha256  text,
  -- What names a person, and the salt that hides it in the entry's hash: erased together.
  address       text,
  detail        text,
  salt          bytea,
  -- The bytes the leaf is made from; they hold commitments where the row holds words.
  body          bytea       not null,
  constraint audit_entry_pk primary key (entry_id),
  constraint audit_entry_workspace_fk foreign key (workspace_id) references workspace (workspace_id),
  constraint audit_entry_outcome check (outcome in ('done', 'refused', 'failed'))
);

create index audit_entry_by_time on audit_entry (workspace_id, at, entry_id);

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_entry_own on audit_entry
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert on audit_entry to ${app_role};
