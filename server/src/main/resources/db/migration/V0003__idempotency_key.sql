-- A request with a key has its effect once; this is what the first one came to, kept for a day.
create table idempotency_key (
  workspace_id uuid        not null,
  key          text        not null,
  print        text        not null,
  new_id       uuid        not null,
  lease        uuid        not null,
  lease_until  timestamptz not null,
  expires_at   timestamptz not null,
  status       bigint,
  headers      text,
  media_type   text,
  body         bytea,
  constraint idempotency_key_pk primary key (workspace_id, key),
  constraint idempotency_key_workspace foreign key (workspace_id) references workspace,
  constraint idempotency_key_length check (length(key) between 1 and 255),
  constraint idempotency_key_whole check ((status is null) = (headers is null))
);

create index idempotency_key_expiry on idempotency_key (workspace_id, expires_at);

alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
create policy idempotency_key_own on idempotency_key
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert, update, delete on idempotency_key to ${app_role};
