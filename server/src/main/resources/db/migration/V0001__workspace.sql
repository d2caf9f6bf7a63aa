-- A workspace is the unit of data and money; every other row belongs to one and is guarded by it.
create function current_workspace() returns uuid
  language sql stable
  -- No default: without a workspace set in this transaction the cast fails, and so does the query.
  as $$ select current_setting('app.workspace')::uuid $$;

create table workspace (
  workspace_id uuid        not null,
  name         text        not null,
  created_at   timestamptz not null,
  constraint workspace_pk primary key (workspace_id),
  constraint workspace_name_length check (length(name) between 1 and 200)
);

alter table workspace enable row level security;
alter table workspace force row level security;
create policy workspace_own on workspace
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant usage on schema public to ${app_role};
grant select, insert, update on workspace to ${app_role};
