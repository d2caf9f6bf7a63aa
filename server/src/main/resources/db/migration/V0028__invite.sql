-- An invite lets one person into a workspace once; its token is kept as a hash only.
create table invite (
  invite_id    uuid        not null,
  workspace_id uuid        not null,
  role         text        not null,
  -- Only the account of this address may take it; absent where whoever holds the link may.
  email        text,
  token_hash   text        not null,
  -- Which request made the token: the same request again replaces it without counting as another.
  issue_id     uuid        not null,
  invited_by   uuid        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  accepted_at  timestamptz,
  accepted_by  uuid,
  revoked_at   timestamptz,
  -- How often it was refused for a person: an open link must not serve to guess who has an account.
  refused      integer     not null default 0,
  constraint invite_pk primary key (invite_id),
  constraint invite_workspace_fk foreign key (workspace_id) references workspace (workspace_id),
  constraint invite_token_once unique (token_hash),
  constraint invite_role check (role in ('owner', 'admin', 'member', 'viewer', 'auditor')),
  constraint invite_email_length check (length(email) between 3 and 254),
  constraint invite_ends check (expires_at > created_at),
  constraint invite_accepted_whole check ((accepted_at is null) = (accepted_by is null)),
  constraint invite_ended_once check (accepted_at is null or revoked_at is null)
);

create index invite_newest on invite (workspace_id, created_at desc, invite_id);

alter table invite enable row level security;
alter table invite force row level security;
-- Only who knows the token can name its hash; it is looked up before the workspace is known.
create policy invite_own on invite
  using (
    workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
    or token_hash = nullif(current_setting('app.secret_hash', true), '')
  )
  with check (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);

grant select, insert, update on invite to ${app_role};
