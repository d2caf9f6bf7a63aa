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

-- Makes the first workspace, if no start has made one; false where another has.
create function make_first_workspace(place uuid, called text, at timestamptz) returns boolean
  language sql
  as $$
    with made as (
      select make_workspace(place, called, at) as id),
    first as (
      insert into first_workspace (only_row, id, made_at)
      select true, made.id, at
        from made
          on conflict (only_row) do nothing
      returning id)
    select exists (select 1 from first)
  $$;

grant select, insert, update on setup_link to ${app_role};
