-- How long a workspace keeps the words of audit entries; their hashes stay for ever.
create table audit_retention (
  workspace_id uuid        not null,
  -- Absent: words are kept for ever.
  days         integer,
  -- Words of entries older than this have been erased.
  erased_until timestamptz,
  constraint audit_retention_pk primary key (workspace_id),
  constraint audit_retention_workspace_fk foreign key (workspace_id)
    references workspace (workspace_id),
  constraint audit_retention_days check (days between 30 and 36500)
);

alter table audit_retention enable row level security;
alter table audit_retention force row level security;
create policy audit_retention_own on audit_retention
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());
-- For reading only: the daily work has to find the workspaces that want it done.
create policy audit_retention_whole on audit_retention
  for select
  using (current_setting('app.whole_audit', true) = 'on');

grant select, insert, update on audit_retention to ${app_role};

-- The only change an entry ever sees: its words and their salt go, all three together.
grant update (address, detail, salt) on audit_entry to ${app_role};
create policy audit_entry_only_erased on audit_entry
  as restrictive for update
  using (true)
  with check (address is null and detail is null and salt is null);

-- Who an entry is by, for those who ask what one actor did, and for erasing a person's words.
create index audit_entry_by_actor on audit_entry (workspace_id, actor_id, at, entry_id);
