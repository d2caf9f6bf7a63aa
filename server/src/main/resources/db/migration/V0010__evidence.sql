-- Texts that debates may cite, known by the hash of their bytes and kept once in a workspace.
create table evidence (
  workspace_id uuid        not null,
  sha256       text        not null,
  name         text        not null,
  body         text        not null,
  size_bytes   bigint      not null,
  created_at   timestamptz not null,
  constraint evidence_pk primary key (workspace_id, sha256),
  constraint evidence_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint evidence_name_length check (length(name) between 1 and 200),
  constraint evidence_size check (size_bytes between 1 and 1048576)
);

alter table evidence enable row level security;
alter table evidence force row level security;
create policy evidence_own on evidence
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert on evidence to ${app_role};
