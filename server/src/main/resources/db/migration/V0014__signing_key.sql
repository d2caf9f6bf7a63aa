-- The public keys that sign here, so that a node with another key folder is refused before it signs anything.
-- No row-level security: every node reads them before it serves anybody, and all of them are published.
create table signing_key (
  key_id     text        not null,
  purpose    text        not null,
  public_key bytea       not null,
  not_before timestamptz not null,
  known_at   timestamptz not null,
  constraint signing_key_pk primary key (purpose, key_id),
  constraint signing_key_purpose_known check (purpose in ('receipt', 'checkpoint')),
  constraint signing_key_length check (length(public_key) = 32)
);

grant select, insert on signing_key to ${app_role};
