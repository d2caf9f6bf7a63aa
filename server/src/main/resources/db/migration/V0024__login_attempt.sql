-- How often a sign-in failed, so that the next one must wait: on every node alike, never for ever.
create table login_attempt (
  -- What is counted, hashed: an account seen from one network, an account, a network.
  bucket   text        not null,
  failures integer     not null,
  last_at  timestamptz not null,
  -- From when on the next attempt is looked at.
  free_at  timestamptz not null,
  constraint login_attempt_pk primary key (bucket)
);

-- Old rows are swept with each failure, so that the table stays small.
create index login_attempt_by_time on login_attempt (last_at);

grant select, insert, update, delete on login_attempt to ${app_role};
