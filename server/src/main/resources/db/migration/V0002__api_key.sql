-- Who may call: keys are kept as hashes only, and found by hash before the workspace is known.
create table api_key (
  workspace_id uuid        not null,
  key_id       uuid        not null,
  actor_id     uuid        not null,
  name         text        not null,
  prefix       text        not null,
  key_hash     text        not null,
  permissions  text[]      not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  constraint api_key_pk primary key (key_id),
  constraint api_key_workspace foreign key (workspace_id) references workspace,
  constraint api_key_hash_unique unique (key_hash),
  constraint api_key_name_length check (length(name) between 1 and 200)
);

alter table api_key enable row level security;
alter table api_key force row level security;
-- Only who knows the secret can name its hash; an unset workspace must not fail the look-up.
create policy api_key_own on api_key
  using (
    workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
    or key_hash = nullif(current_setting('app.secret_hash', true), '')
  )
  with check (
    workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
    or key_hash = nullif(current_setting('app.secret_hash', true), '')
  );

-- Which workspace the first start made, so that a second start finds it instead of making another.
create table first_workspace (
  only_row boolean     not null,
  id       uuid        not null,
  made_at  timestamptz not null,
  constraint first_workspace_pk primary key (only_row),
  constraint first_workspace_only_one check (only_row),
  constraint first_workspace_exists foreign key (id) references workspace
);

grant select, insert, update on api_key to ${app_role};
grant select, insert on first_workspace to ${app_role};
-- Readiness compares the schema with the build.
grant select on flyway_schema_history to ${app_role};
