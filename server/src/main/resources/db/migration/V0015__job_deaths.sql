-- How often in a row a job's node died without the job getting on: one that kills its node must not be retried at full speed.
alter table scheduled_tasks add column deaths integer not null default 0;
