-- Secrets are sealed with a data key of each workspace, and a data key is kept only wrapped by a key
-- file that no database or backup holds.

-- Which key files may wrap: print is a hash by which a node sees that its file is the same one.
-- No row-level security: every node reads it before it serves anybody, and it holds no secret.
create table secret_master (
  version    integer     not null,
  print      text        not null,
  made_at    timestamptz not null,
  retired_at timestamptz,
  constraint secret_master_pk primary key (version),
  constraint secret_master_from_one check (version >= 1),
  constraint secret_master_print_form check (print ~ '^[0-9a-f]{64}$')
);

-- No foreign key: the appliance's own data key stands under the id 0, which is no workspace's.
-- The old wrapping stays while a rotation is unfinished and some node may lack the new file.
create table secret_key (
  workspace_id       uuid        not null,
  version            integer     not null,
  master_version     integer     not null,
  wrapped            bytea       not null,
  old_master_version integer,
  old_wrapped        bytea,
  created_at         timestamptz not null,
  retired_at         timestamptz,
  constraint secret_key_pk primary key (workspace_id, version),
  constraint secret_key_from_one check (version >= 1),
  constraint secret_key_master foreign key (master_version) references secret_master (version),
  constraint secret_key_old_whole check ((old_wrapped is null) = (old_master_version is null))
);

alter table secret_key enable row level security;
alter table secret_key force row level security;
create policy secret_key_own on secret_key
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

-- Whom a rotation has to visit, one by one. No row-level security: a row is an id and nothing else.
create table secret_holder (
  holder_id uuid not null,
  constraint secret_holder_pk primary key (holder_id)
);

grant select, insert, update (retired_at) on secret_master to ${app_role};
grant select, insert, update, delete on secret_key to ${app_role};
grant select, insert, delete on secret_holder to ${app_role};
