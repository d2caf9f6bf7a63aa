-- A cap is reached, too, when a hold is refused for want of room: told as 100 %, once a period. A
-- node of the version before knows nothing of it and may tell the same line again, never a third time.
alter table budget
  add column reached boolean not null default false;

alter table budget_alert
  add column refused boolean not null default false,
  drop constraint budget_alert_once_a_period,
  add constraint budget_alert_once_a_period unique (workspace_id, period, percent, refused);
