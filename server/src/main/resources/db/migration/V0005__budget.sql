-- Money: what a workspace may spend, what is set aside, and what was spent, in micro-dollars.
create table budget_plan (
  workspace_id uuid        not null,
  month_cap    bigint      not null,
  debate_cap   bigint      not null,
  version      bigint      not null,
  changed_at   timestamptz not null,
  constraint budget_plan_pk primary key (workspace_id),
  constraint budget_plan_workspace foreign key (workspace_id) references workspace,
  constraint budget_plan_not_negative check (month_cap >= 0 and debate_cap >= 0)
);

-- One row a month. committed is what was spent or held when the cap was last set: a cap may be set
-- below it, which stops new holds at once while the debates that run may finish.
create table budget (
  workspace_id uuid   not null,
  period       text   not null,
  cap          bigint not null,
  committed    bigint not null,
  held         bigint not null,
  spent        bigint not null,
  constraint budget_pk primary key (workspace_id, period),
  constraint budget_workspace foreign key (workspace_id) references workspace,
  constraint budget_period_form check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  constraint budget_not_negative check (cap >= 0 and committed >= 0 and held >= 0 and spent >= 0),
  constraint budget_never_over check (spent + held <= greatest(cap, committed))
);

create table reservation (
  reservation_id uuid        not null,
  workspace_id   uuid        not null,
  debate_id      uuid        not null,
  period         text        not null,
  amount         bigint      not null,
  held           bigint      not null,
  spent          bigint      not null,
  state          text        not null,
  created_at     timestamptz not null,
  constraint reservation_pk primary key (reservation_id),
  constraint reservation_budget foreign key (workspace_id, period) references budget,
  constraint reservation_one_a_debate unique (debate_id),
  constraint reservation_state_known check (state in ('open', 'released')),
  constraint reservation_not_negative check (held >= 0 and spent >= 0),
  constraint reservation_never_over check (spent + held <= amount),
  constraint reservation_released_holds_nothing check (state = 'open' or held = 0)
);

-- Append only: the app may neither change nor remove a line.
create table ledger_entry (
  entry_no       bigint      not null generated always as identity,
  call_id        uuid        not null,
  workspace_id   uuid        not null,
  reservation_id uuid        not null,
  debate_id      uuid        not null,
  seat           bigint      not null,
  provider       text        not null,
  model          text        not null,
  input_tokens   bigint      not null,
  output_tokens  bigint      not null,
  charged        bigint      not null,
  excess         bigint      not null,
  price_basis    text        not null,
  kind           text        not null,
  at             timestamptz not null,
  constraint ledger_entry_pk primary key (entry_no),
  constraint ledger_entry_call_once unique (call_id),
  constraint ledger_entry_reservation foreign key (reservation_id) references reservation,
  constraint ledger_entry_kind_known check (kind in ('call', 'ambiguous')),
  constraint ledger_entry_not_negative
    check (charged >= 0 and excess >= 0 and input_tokens >= 0 and output_tokens >= 0)
);

create index ledger_entry_newest on ledger_entry (workspace_id, entry_no desc);

alter table budget_plan enable row level security;
alter table budget_plan force row level security;
create policy budget_plan_own on budget_plan
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table budget enable row level security;
alter table budget force row level security;
create policy budget_own on budget
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table reservation enable row level security;
alter table reservation force row level security;
create policy reservation_own on reservation
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
create policy ledger_entry_own on ledger_entry
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert, update on budget_plan, budget, reservation to ${app_role};
grant select, insert on ledger_entry to ${app_role};
