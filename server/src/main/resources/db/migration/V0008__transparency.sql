-- The transparency log: what was logged, in which place, and every head that was signed over it.
-- No row-level security on what everybody may see. The log is one sequence across all workspaces,
-- the sequencer must read every leaf to sign it, and leaves, hashes and checkpoints are served to
-- everybody. What is not public, whose leaf it is, stands apart in log_blind and is guarded.
create table log_origin (
  origin_no        bigint  not null,
  name             text    not null,
  -- The next free index. Whoever raises it holds the row until commit: indexes have no gaps.
  size             bigint  not null,
  -- Set when the log lost leaves it had signed; from then on it takes none.
  closed_because   text,
  -- The signed head this origin follows on, exactly as it was kept outside the database.
  predecessor_head bytea,
  constraint log_origin_pk primary key (origin_no),
  constraint log_origin_name_once unique (name),
  constraint log_origin_size_not_negative check (size >= 0)
) with (fillfactor = 50);

create table log_leaf (
  origin_no    bigint  not null,
  leaf_index   bigint  not null,
  leaf_hash    bytea   not null,
  -- The bytes the hash was made from; they hold no personal data.
  entry        bytea   not null,
  -- Absent only in the first leaf of a later origin, which links it to the one before.
  receipt_id   uuid,
  constraint log_leaf_pk primary key (origin_no, leaf_index),
  constraint log_leaf_receipt_once unique (origin_no, receipt_id),
  constraint log_leaf_origin_fk foreign key (origin_no) references log_origin (origin_no),
  constraint log_leaf_hash_length check (length(leaf_hash) = 32),
  constraint log_leaf_entry_length check (length(entry) between 1 and 65535)
);

create index log_leaf_by_receipt on log_leaf (receipt_id);

-- Opens the blinded workspace of a leaf to whoever is told the salt; without the row nobody can.
create table log_blind (
  receipt_id   uuid  not null,
  workspace_id uuid  not null,
  salt         bytea not null,
  constraint log_blind_pk primary key (receipt_id),
  constraint log_blind_salt_length check (length(salt) = 16)
);

alter table log_blind enable row level security;
alter table log_blind force row level security;
create policy log_blind_own on log_blind
  using (workspace_id = current_workspace())
  with check (workspace_id = current_workspace());

-- Roots of complete subtrees of 256, 65536, ... leaves, so that no head needs all leaves again.
create table log_node (
  origin_no  bigint   not null,
  tile_level smallint not null,
  node_index bigint   not null,
  hash       bytea    not null,
  constraint log_node_pk primary key (origin_no, tile_level, node_index),
  constraint log_node_level check (tile_level between 1 and 7),
  constraint log_node_hash_length check (length(hash) = 32)
);

create table log_checkpoint (
  origin_no bigint      not null,
  tree_size bigint      not null,
  note      bytea       not null,
  signed_at timestamptz not null,
  constraint log_checkpoint_pk primary key (origin_no, tree_size),
  constraint log_checkpoint_origin_fk foreign key (origin_no) references log_origin (origin_no)
);

grant select, insert on log_origin, log_leaf, log_blind, log_node, log_checkpoint to ${app_role};
grant update (size, closed_because) on log_origin to ${app_role};
