-- A workspace may pay a model provider with a key of its own: sealed, and only its end is readable.
create table provider_key (
  workspace_id uuid        not null,
  provider     text        not null,
  sealed       bytea       not null,
  last_four    text        not null,
  set_at       timestamptz not null,
  set_by       uuid        not null,
  constraint provider_key_pk primary key (workspace_id, provider),
  constraint provider_key_workspace foreign key (workspace_id) references workspace,
  constraint provider_key_provider_form check (provider ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  constraint provider_key_last_four check (length(last_four) <= 4)
);

alter table provider_key enable row level security;
alter table provider_key force row level security;
create policy provider_key_own on provider_key
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert, update, delete on provider_key to ${app_role};
