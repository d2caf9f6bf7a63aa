-- A hold must fit every cap at once: the month's and the day's, raised by overrides that still run,
-- of the workspace and of those above it that pay for it, as a firm does for its teams.
alter table budget_plan
  add column day_cap bigint,
  add constraint budget_plan_day_not_negative check (day_cap >= 0);

-- A day is a row as a month is. raised is what overrides added when the row was last held against.
alter table budget
  add column raised bigint not null default 0,
  drop constraint budget_period_form,
  add constraint budget_period_form
    check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$'),
  drop constraint budget_never_over,
  add constraint budget_never_over check (spent + held <= greatest(cap + raised, committed)),
  add constraint budget_raised_not_negative check (raised >= 0);

-- Where else this money was taken: the release must find the same rows, whoever pays by then.
alter table reservation
  add column day text,
  add column payers uuid[] not null default '{}';

-- Who pays for whom. Everybody may read it: a row holds ids only, and the walk upwards crosses
-- workspaces by its nature. Only a workspace's own row can be written.
create table budget_parent (
  workspace_id uuid not null,
  parent_id    uuid not null,
  constraint budget_parent_pk primary key (workspace_id),
  constraint budget_parent_child foreign key (workspace_id) references workspace,
  constraint budget_parent_above foreign key (parent_id) references workspace (workspace_id),
  constraint budget_parent_not_itself check (workspace_id <> parent_id)
);

create index budget_parent_children on budget_parent (parent_id);

alter table budget_parent enable row level security;
alter table budget_parent force row level security;
create policy budget_parent_read on budget_parent for select
  using (true);
create policy budget_parent_own on budget_parent
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

-- This workspace and those above it, at most four in all.
create function budget_payers() returns setof uuid
  language sql stable
  as $$
    with recursive up (workspace_id, height) as (
      select current_workspace(), 1
       union all
      select parent_id, height + 1
        from up
        join budget_parent using (workspace_id)
       where height < 4)
    select workspace_id from up
  $$;

create table budget_override (
  override_id  uuid        not null,
  workspace_id uuid        not null,
  amount       bigint      not null,
  reason       text        not null,
  actor_id     uuid        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  revoked_by   uuid,
  constraint budget_override_pk primary key (override_id),
  constraint budget_override_workspace foreign key (workspace_id) references workspace,
  constraint budget_override_amount check (amount between 1 and 1000000000000000),
  constraint budget_override_reason check (length(reason) between 1 and 500),
  constraint budget_override_ends check (expires_at > created_at),
  constraint budget_override_revoked_by_whom check ((revoked_at is null) = (revoked_by is null))
);

create index budget_override_newest on budget_override (workspace_id, created_at desc);

alter table budget_override enable row level security;
alter table budget_override force row level security;
create policy budget_override_own on budget_override
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

-- A child's hold moves the rows of those who pay for it and reads their caps; their ledger,
-- reservations and alerts stay closed to it. Money taken once can be given back, whoever pays now.
create policy budget_of_payers on budget for select
  using (
    workspace_id in (select budget_payers())
    or exists (
      select 1
        from reservation
       where reservation.workspace_id = current_workspace()
         and not reservation.booked
         and budget.workspace_id = any (reservation.payers)));
create policy budget_by_children on budget for update
  using (
    workspace_id in (select budget_payers())
    or exists (
      select 1
        from reservation
       where reservation.workspace_id = current_workspace()
         and not reservation.booked
         and budget.workspace_id = any (reservation.payers)))
  with check (true);
create policy budget_begun_by_children on budget for insert
  with check (workspace_id in (select budget_payers()));
create policy budget_plan_of_payers on budget_plan for select
  using (workspace_id in (select budget_payers()));
create policy budget_override_of_payers on budget_override for select
  using (workspace_id in (select budget_payers()));

grant select, insert, update on budget_parent to ${app_role};
grant select, insert on budget_override to ${app_role};
grant update (revoked_at, revoked_by) on budget_override to ${app_role};
