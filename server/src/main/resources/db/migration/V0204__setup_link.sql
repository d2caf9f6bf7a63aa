-- The one-time link by which the first person comes in. No row-level security: it is the appliance's.
create table setup_link (
  only_row   boolean     not null,
  token_hash text        not null,
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint setup_link_pk primary key (only_row),
  constraint setup_link_only_one check (only_row)
);

grant select, insert, update on setup_link to ${app_role};
