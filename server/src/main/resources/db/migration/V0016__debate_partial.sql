-- What a seat had written when its node last looked, so that viewers of other nodes see it, and keep it if the node dies.
create table debate_partial (
  workspace_id uuid        not null,
  debate_id    uuid        not null,
  round        integer     not null,
  seat         integer     not null,
  move         text        not null,
  call_id      uuid        not null,
  text         text        not null,
  at           timestamptz not null,
  constraint debate_partial_pk primary key (debate_id, round, seat, move),
  constraint debate_partial_length check (length(text) between 1 and 65536)
);

alter table debate_partial enable row level security;
alter table debate_partial force row level security;
create policy debate_partial_own on debate_partial
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert, update, delete on debate_partial to ${app_role};
