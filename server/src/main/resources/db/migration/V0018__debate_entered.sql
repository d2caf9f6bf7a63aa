-- When a debate came in by the database's clock: nodes whose own clocks differ agree how old it is.
alter table debate
  add column entered_at timestamptz not null default clock_timestamp();
