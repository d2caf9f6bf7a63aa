-- A receipt is written once and never changed; only its disclosures (the words) can be erased.
create table receipt_chain (
  workspace_id uuid   not null,
  height       bigint not null,
  -- Payload hash of the newest receipt: the next one names it, so a missing receipt shows.
  head_sha256  text,
  constraint receipt_chain_pk primary key (workspace_id),
  constraint receipt_chain_workspace_fk foreign key (workspace_id) references workspace (workspace_id),
  constraint receipt_chain_head check (head_sha256 ~ '^[0-9a-f]{64}$')
);

create table receipt (
  receipt_id     uuid        not null,
  workspace_id   uuid        not null,
  debate_id      uuid        not null,
  height         bigint      not null,
  issued_at      timestamptz not null,
  outcome        text        not null,
  verdict        text,
  -- The disclosure that holds the winning option's label.
  verdict_path   text,
  rehearsal      boolean     not null,
  payload_sha256 text        not null,
  payload        bytea       not null,
  envelope       bytea       not null,
  jws            text        not null,
  constraint receipt_pk primary key (receipt_id),
  constraint receipt_debate_once unique (workspace_id, debate_id),
  constraint receipt_height_once unique (workspace_id, height),
  constraint receipt_workspace_fk foreign key (workspace_id) references workspace (workspace_id),
  constraint receipt_payload_sha256_hex check (payload_sha256 ~ '^[0-9a-f]{64}$')
);

create table receipt_disclosure (
  receipt_id   uuid    not null,
  workspace_id uuid    not null,
  position     integer not null,
  path         text    not null,
  -- Base64url of [salt, path, value]; erasing the row erases value and salt, never the proof.
  encoded      text    not null,
  constraint receipt_disclosure_pk primary key (receipt_id, position),
  constraint receipt_disclosure_path_once unique (receipt_id, path),
  constraint receipt_disclosure_receipt_fk foreign key (receipt_id) references receipt (receipt_id)
);

alter table receipt_chain enable row level security;
alter table receipt_chain force row level security;
create policy receipt_chain_own on receipt_chain
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table receipt enable row level security;
alter table receipt force row level security;
create policy receipt_own on receipt
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

alter table receipt_disclosure enable row level security;
alter table receipt_disclosure force row level security;
create policy receipt_disclosure_own on receipt_disclosure
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

grant select, insert, update on receipt_chain to ${app_role};
grant select, insert on receipt to ${app_role};
grant select, insert, delete on receipt_disclosure to ${app_role};
