-- An alert says that a day or a month has committed 50, 75, 90 or 100 % of its cap, once a period.
create table budget_alert (
  alert_no     bigint      not null generated always as identity,
  workspace_id uuid        not null,
  period       text        not null,
  percent      bigint      not null,
  cap          bigint      not null,
  committed    bigint      not null,
  at           timestamptz not null,
  constraint budget_alert_pk primary key (alert_no),
  constraint budget_alert_once_a_period unique (workspace_id, period, percent),
  constraint budget_alert_percent_known check (percent in (50, 75, 90, 100)),
  constraint budget_alert_budget foreign key (workspace_id, period) references budget
);

-- The highest percentage already told: it decides under the row's lock, the unique key stands behind.
alter table budget
  add column alerted bigint not null default 0;

alter table budget_alert enable row level security;
alter table budget_alert force row level security;
create policy budget_alert_own on budget_alert
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());
-- A child's hold may cross a line of those who pay for it; it cannot read what they were told.
create policy budget_alert_by_children on budget_alert for insert
  with check (workspace_id in (select budget_payers()));

grant select, insert on budget_alert to ${app_role};
