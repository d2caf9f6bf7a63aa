-- A debate is one row that changes, plus answers that are only ever added.
-- The answer's unique key makes a step that is repeated after a crash change nothing.
create table debate (
  workspace_id   uuid        not null,
  debate_id      uuid        not null,
  actor_id       uuid        not null,
  question       text        not null,
  frame          text        not null,
  frame_sha256   text        not null,
  state          text        not null,
  cancel_wanted  boolean     not null,
  owner_epoch    bigint      not null,
  reservation_id uuid        not null,
  outcome        text,
  verdict        text,
  synthesis      text,
  receipt_id     uuid,
  opened_at      timestamptz not null,
  deadline_at    timestamptz not null,
  closed_at      timestamptz,
  constraint debate_pk primary key (debate_id),
  constraint debate_state_known check (state in ('open', 'running', 'closed')),
  constraint debate_closed_whole check (
    (state = 'closed') = (outcome is not null and receipt_id is not null and closed_at is not null))
);

create index debate_by_workspace on debate (workspace_id, debate_id desc);

-- A paid call is written down before it is made. One that has no answer after a crash may have been
-- billed: it is charged at its bound and asked once more under another id.
create table debate_call (
  workspace_id uuid        not null,
  debate_id    uuid        not null,
  call_id      uuid        not null,
  round        integer     not null,
  seat         integer     not null,
  move         text        not null,
  request_sha256 text      not null,
  bound_micro  bigint      not null,
  asked_at     timestamptz not null,
  ended        boolean     not null,
  constraint debate_call_pk primary key (call_id),
  constraint debate_call_bound check (bound_micro >= 0),
  constraint debate_call_debate foreign key (debate_id) references debate (debate_id)
);

create index debate_call_by_debate on debate_call (debate_id);

create table debate_answer (
  workspace_id uuid        not null,
  debate_id    uuid        not null,
  round        integer     not null,
  seat         integer     not null,
  move         text        not null,
  call_id      uuid        not null,
  failure      text,
  content      text        not null,
  model_actual text        not null,
  prompt_sha256 text       not null,
  input_tokens  bigint     not null,
  output_tokens bigint     not null,
  received_at  timestamptz not null,
  constraint debate_answer_pk primary key (debate_id, round, seat, move),
  constraint debate_answer_call unique (call_id),
  constraint debate_answer_debate foreign key (debate_id) references debate (debate_id)
);

alter table debate enable row level security;
alter table debate force row level security;
create policy debate_own on debate
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table debate_call enable row level security;
alter table debate_call force row level security;
create policy debate_call_own on debate_call
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table debate_answer enable row level security;
alter table debate_answer force row level security;
create policy debate_answer_own on debate_answer
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert, update on debate to ${app_role};
grant select, insert, update on debate_call to ${app_role};
grant select, insert on debate_answer to ${app_role};
