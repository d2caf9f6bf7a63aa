-- What happened in each debate, in order and tamper evident: each row's hash covers the one before.
create table debate_stream (
  debate_id    uuid    not null,
  workspace_id uuid    not null,
  last_seq     bigint  not null,
  head_hash    text    not null,
  closed       boolean not null,
  constraint debate_stream_pk primary key (debate_id),
  constraint debate_stream_workspace foreign key (workspace_id) references workspace,
  constraint debate_stream_hash_form check (head_hash ~ '^[0-9a-f]{64}$')
);

-- body is the exact text that was hashed and is sent: kept as text, because jsonb would rewrite it.
create table debate_event (
  debate_id    uuid        not null,
  seq          bigint      not null,
  workspace_id uuid        not null,
  type         text        not null,
  at           timestamptz not null,
  body         text        not null,
  hash         text        not null,
  constraint debate_event_pk primary key (debate_id, seq),
  constraint debate_event_stream foreign key (debate_id) references debate_stream,
  constraint debate_event_from_one check (seq >= 1),
  constraint debate_event_hash_form check (hash ~ '^[0-9a-f]{64}$')
);

alter table debate_stream enable row level security;
alter table debate_stream force row level security;
create policy debate_stream_own on debate_stream
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table debate_event enable row level security;
alter table debate_event force row level security;
create policy debate_event_own on debate_event
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

-- Events are append only: the app may neither change nor remove one.
grant select, insert, update on debate_stream to ${app_role};
grant select, insert on debate_event to ${app_role};
