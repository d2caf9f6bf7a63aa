-- The audit log as a tree: which entry stands in which place, and every head signed over it.
-- No row-level security here: the log is one sequence across all workspaces, and whoever numbers
-- and signs it must see every leaf. The rows say nothing: ids, and hashes made with a salt.

-- Entries that have no place yet; written together with them, taken by the sequencer.
create table audit_pending (
  entry_id  uuid  not null,
  leaf_hash bytea not null,
  constraint audit_pending_pk primary key (entry_id),
  constraint audit_pending_hash_length check (length(leaf_hash) = 32)
);

create table audit_leaf (
  leaf_index bigint not null,
  entry_id   uuid   not null,
  leaf_hash  bytea  not null,
  constraint audit_leaf_pk primary key (leaf_index),
  constraint audit_leaf_entry_once unique (entry_id),
  constraint audit_leaf_index_not_negative check (leaf_index >= 0),
  constraint audit_leaf_hash_length check (length(leaf_hash) = 32)
);

-- Roots of complete subtrees of 256, 65536, ... leaves, so that no head needs all leaves again.
create table audit_node (
  tile_level smallint not null,
  node_index bigint   not null,
  hash       bytea    not null,
  constraint audit_node_pk primary key (tile_level, node_index),
  constraint audit_node_level check (tile_level between 1 and 7),
  constraint audit_node_hash_length check (length(hash) = 32)
);

create table audit_checkpoint (
  tree_size     bigint not null,
  -- Counts the checkpoints, so that one taken out is missed.
  checkpoint_no bigint not null,
  note          bytea  not null,
  constraint audit_checkpoint_pk primary key (tree_size),
  constraint audit_checkpoint_no_once unique (checkpoint_no)
);

grant select, insert, delete on audit_pending to ${app_role};
grant select, insert on audit_leaf, audit_node, audit_checkpoint to ${app_role};

-- Wider than the workspace on purpose, for reading only: to verify the log as a whole its reader
-- must see whether the entry of each leaf is there. Only that transaction sets the variable.
create policy audit_entry_whole on audit_entry
  for select
  using (current_setting('app.whole_audit', true) = 'on');
