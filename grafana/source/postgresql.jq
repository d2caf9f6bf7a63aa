include "panels";

def aragora: "datname='aragora'";

dashboard("postgresql"; "PostgreSQL"; "The one database: is it well, what does it do, what does it keep."; []; [
  row("Now"),
  (figure("Database"; "Whether its monitor gets in."; "none"; [ask("pg_up"; "")]) | yes_no("Up"; "Down") | help("DatabaseDown")),
  (figure("Size"; "The database aragora."; "bytes"; [ask("pg_database_size_bytes{\(aragora)}"; "")]) | limits([[null, "blue"]])),
  (dial("Connections"; "In use, of all allowed."; "percentunit"; [ask("sum(pg_stat_activity_count) / max(pg_settings_max_connections)"; "")])
    | limits([[null, "green"], [0.6, "orange"], [0.8, "red"]]) | help("DatabaseConnectionsNearlyUsedUp")),
  (figure("Found in memory"; "Blocks that needed no disk, over an hour."; "percentunit"; [
      ask("sum(rate(pg_stat_database_blks_hit{\(aragora)}[1h])) / sum(rate(pg_stat_database_blks_hit{\(aragora)}[1h]) + rate(pg_stat_database_blks_read{\(aragora)}[1h]))"; "")])
    | limits([[null, "red"], [0.9, "orange"], [0.97, "green"]]) | digits(2)),
  (figure("Write-ahead log"; "On the database's own disk."; "bytes"; [ask("aragora_wal_bytes"; "")]) | limits([[null, "green"], [1e9, "orange"], [2e9, "red"]]) | help("WalGrows")),
  (figure("Ids until vacuum"; "Transactions since the oldest row that is not frozen; at two thousand million writes stop."; "short"; [ask("aragora_xid_age"; "")])
    | limits([[null, "green"], [5e8, "orange"], [1e9, "red"]]) | help("TransactionIdsRunOut")),

  row("Work"),
  (areas("Transactions"; "Committed and rolled back, a second."; "ops"; [
      ask("rate(pg_stat_database_xact_commit{\(aragora)}[$__rate_interval])"; "committed"), ask("rate(pg_stat_database_xact_rollback{\(aragora)}[$__rate_interval])"; "rolled back")])
    | coloured({"committed": "green", "rolled back": "orange"})),
  (areas("Rows"; "Read, inserted, updated and deleted, a second."; "rowsps"; [
      ask("rate(pg_stat_database_tup_fetched{\(aragora)}[$__rate_interval])"; "read"), ask("rate(pg_stat_database_tup_inserted{\(aragora)}[$__rate_interval])"; "inserted"),
      ask("rate(pg_stat_database_tup_updated{\(aragora)}[$__rate_interval])"; "updated"), ask("rate(pg_stat_database_tup_deleted{\(aragora)}[$__rate_interval])"; "deleted")])),
  (areas("Sessions"; "By what they do."; "short"; [ask("sum by (state) (pg_stat_activity_count{\(aragora)})"; "{{state}}")])
    | coloured({"active": "blue", "idle": "green", "idle in transaction": "orange"}) | help("DatabaseConnectionsNearlyUsedUp")),

  row("Waiting"),
  (curves("Longest transaction"; "An alert from five minutes on."; "s"; [ask("max(pg_stat_activity_max_tx_duration{\(aragora)})"; "longest")]) | limits([[null, "transparent"], [300, "red"]]) | lines | help("TransactionTooLong")),
  (curves("Locks waited for"; "Somebody stands in line for a row or a table."; "short"; [ask("aragora_locks_waiting"; "waiting")]) | help("TransactionTooLong")),
  (columns("Deadlocks and conflicts"; "PostgreSQL ended one of two that waited for each other."; "short"; [
      ask("increase(pg_stat_database_deadlocks{\(aragora)}[$__rate_interval])"; "deadlocks"), ask("increase(pg_stat_database_conflicts{\(aragora)}[$__rate_interval])"; "conflicts")]) | digits(0)),

  row("Disk"),
  (bars("Largest tables"; "With their indexes."; "bytes"; [ask("topk(12, aragora_table_bytes)"; "{{name}}")]) | size(8; 9)),
  (curves("Blocks read from disk"; "A second. Much of it for long means too little memory."; "ops"; [ask("rate(pg_stat_database_blks_read{\(aragora)}[$__rate_interval])"; "blocks")]) | size(8; 9)),
  (curves("Write-ahead log"; "Written a second."; "Bps"; [ask("rate(aragora_wal_written_bytes[5m])"; "written")]) | size(8; 9) | help("WalGrows")),
  (columns("Checkpoints"; "Timed ones are the rule; asked ones mean that max_wal_size is small for the load."; "short"; [
      ask("increase(pg_stat_bgwriter_checkpoints_timed_total[$__rate_interval])"; "timed"), ask("increase(pg_stat_bgwriter_checkpoints_req_total[$__rate_interval])"; "asked")])
    | digits(0) | coloured({"timed": "green", "asked": "orange"})),
  (curves("Temporary files"; "Sorting that did not fit into memory."; "Bps"; [ask("rate(pg_stat_database_temp_bytes{\(aragora)}[5m])"; "written")])),
  (curves("Dead rows"; "Waiting for vacuum, in the largest tables."; "short"; [ask("topk(5, aragora_table_dead_rows)"; "{{name}}")]))
])
