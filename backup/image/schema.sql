-- What backups leave in the database: a mark of how far a copy reaches, and figures for whoever watches.
create schema if not exists backup;

-- One row, written every few seconds: its age in a restored copy is what was lost.
create table if not exists backup.sentinel (
  one boolean     not null default true,
  at  timestamptz not null,
  constraint sentinel_pk primary key (one),
  constraint sentinel_alone check (one)
);

create table if not exists backup.measure (
  name  text             not null,
  value double precision not null,
  at    timestamptz      not null,
  constraint measure_pk primary key (name)
);

-- One row for the exporter; a figure that was never taken is null, not zero.
create or replace view backup.status as
  select max(value) filter (where name = 'last_full_seconds') as last_full_seconds,
         max(value) filter (where name = 'last_backup_seconds') as last_backup_seconds,
         max(value) filter (where name = 'offsite_last_backup_seconds') as offsite_last_backup_seconds,
         max(value) filter (where name = 'repository_bytes') as repository_bytes,
         max(value) filter (where name = 'repository_free_bytes') as repository_free_bytes,
         max(value) filter (where name = 'failed') as failed,
         max(value) filter (where name = 'dropped_wal') as dropped_wal,
         max(value) filter (where name = 'verify_ok') as verify_ok,
         max(value) filter (where name = 'verify_seconds') as verify_seconds,
         max(value) filter (where name = 'drill_ok') as drill_ok,
         max(value) filter (where name = 'drill_seconds') as drill_seconds,
         max(value) filter (where name = 'drill_good_seconds') as drill_good_seconds,
         max(value) filter (where name = 'drill_rpo') as drill_rpo,
         max(value) filter (where name = 'drill_rto') as drill_rto,
         extract(epoch from (select max(at) from backup.sentinel)) as sentinel_seconds
    from backup.measure;

grant usage on schema backup to aragora_metrics;
grant select on backup.sentinel, backup.measure, backup.status to aragora_metrics;
