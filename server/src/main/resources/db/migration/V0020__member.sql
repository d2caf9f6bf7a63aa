-- Who is in a workspace, in which role. A person sees their own rows in every workspace.
create table member (
  workspace_id uuid        not null,
  account_id   uuid        not null,
  role         text        not null,
  status       text        not null,
  joined_at    timestamptz not null,
  constraint member_pk primary key (workspace_id, account_id),
  constraint member_workspace_fk foreign key (workspace_id) references workspace (workspace_id),
  constraint member_account_fk foreign key (account_id) references account (account_id),
  constraint member_role check (role in ('owner', 'admin', 'member', 'viewer', 'auditor')),
  constraint member_status check (status in ('ACTIVE', 'DEACTIVATED'))
);

create index member_by_account on member (account_id);

alter table member enable row level security;
alter table member force row level security;
create policy member_own on member
  using (
    workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
    or account_id = nullif(current_setting('app.account', true), '')::uuid
  )
  -- Rows are written only from within their workspace.
  with check (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);

grant select, insert, update, delete on member to ${app_role};

-- Whose key it is: it can do no more than its owner can, and ends with the membership.
alter table api_key add column account_id uuid;
alter table api_key
  add constraint api_key_account_fk foreign key (account_id) references account (account_id);
