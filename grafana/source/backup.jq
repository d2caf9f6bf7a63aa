include "panels";

dashboard("backup"; "Backup and disaster recovery"; "If the disk were lost now: how much would be lost, and how long would it take?"; []; [
  row("The answer, as measured"),
  (figure("Would be lost"; "RPO as the last drill measured it: the age of the newest row in what it restored."; "s"; [ask("aragora_backup_drill_rpo"; "")])
    | limits([[null, "green"], [60, "orange"], [120, "red"]]) | empty("Not measured") | help("RecoveryPointTooOld")),
  (figure("Would take"; "RTO as the last drill measured it."; "s"; [ask("aragora_backup_drill_rto"; "")]) | limits([[null, "green"], [300, "orange"], [900, "red"]]) | empty("Not measured")),
  (figure("Last drill"; "A backup restored for proof, away from the network."; "none"; [ask("aragora_backup_drill_ok"; "")]) | yes_no("Passed"; "Failed") | empty("Never") | help("DrillFailed")),
  (figure("Drill passed"; "How long ago. Older than eight days is an alert."; "s"; [ask("time() - aragora_backup_drill_good_seconds"; "")])
    | limits([[null, "green"], [604800, "orange"], [691200, "red"]]) | empty("Never") | help("DrillTooOld")),
  (figure("Last backup"; "How long ago it ended."; "s"; [ask("time() - aragora_backup_last_backup_seconds"; "")]) | limits([[null, "green"], [86400, "orange"], [93600, "red"]]) | empty("Never") | help("BackupTooOld")),
  (figure("All files whole"; "The daily reading of every file in the repository."; "none"; [ask("aragora_backup_verify_ok"; "")]) | yes_no("Whole"; "Damaged") | empty("Never read") | help("BackupDamaged")),

  row("Changes on their way"),
  (curves("Last archived"; "How long ago a piece of the write-ahead log left for the archive. An alert from three minutes on."; "s"; [ask("pg_stat_archiver_last_archive_age"; "age")])
    | limits([[null, "transparent"], [60, "orange"], [180, "red"]]) | lines | help("ArchiveLags")),
  (columns("Pieces archived"; "And tries that failed."; "short"; [
      ask("increase(pg_stat_archiver_archived_count[$__rate_interval])"; "archived"), ask("increase(pg_stat_archiver_failed_count[$__rate_interval])"; "failed")])
    | digits(0) | coloured({"archived": "green", "failed": "red"}) | help("ArchiveFails")),
  (curves("Kept until archived"; "Write-ahead log on the database's disk."; "bytes"; [ask("aragora_wal_bytes"; "kept")]) | help("WalGrows")),

  row("The repository"),
  (figure("Last full backup"; "Once a week."; "s"; [ask("time() - aragora_backup_last_full_seconds"; "")]) | limits([[null, "green"], [691200, "orange"], [1209600, "red"]]) | empty("Never") | size(6; 5) | help("BackupTooOld")),
  (figure("Last backup elsewhere"; "In the second repository, if there is one."; "s"; [ask("time() - aragora_backup_offsite_last_backup_seconds"; "")]) | limits([[null, "green"], [93600, "orange"], [172800, "red"]]) | empty("None set") | size(6; 5)),
  (figure("Gap in the archive"; "Changes that were dropped: times after them can be restored from the next backup on only."; "none"; [ask("aragora_backup_dropped_wal > bool 0"; "")])
    | .json.fieldConfig.defaults.mappings = [{type: "value", options: {"0": {text: "None", color: "green"}, "1": {text: "Gap", color: "red"}}}] | limits([[null, "green"], [1, "red"]]) | empty("None") | size(6; 5) | help("WalDropped")),
  (figure("Mark"; "How long ago the mark was written by which a drill sees what is lost."; "s"; [ask("time() - aragora_backup_sentinel_seconds"; "")]) | limits([[null, "green"], [60, "orange"], [300, "red"]]) | empty("Never") | size(6; 5) | help("RecoveryPointTooOld")),
  (curves("Size and room"; "What the repository takes, and what is free beside it."; "bytes"; [ask("aragora_backup_repository_bytes"; "repository"), ask("aragora_backup_repository_free_bytes"; "free")])
    | size(12; 8) | coloured({"repository": "blue", "free": "green"}) | help("BackupSpaceLow")),
  (curves("Disk of the appliance"; "Free now, and where the last six hours lead in four days."; "bytes"; [
      ask("min(aragora_disk_free_bytes)"; "free"), ask("clamp_min(min(predict_linear(aragora_disk_free_bytes[6h], 4 * 86400)), 0)"; "in four days")])
    | size(12; 8) | coloured({"free": "green", "in four days": "orange"}) | help("DiskFillsUp")),

  row("The course of it"),
  (curves("RPO and RTO, drill by drill"; "Seconds, as measured."; "s"; [ask("aragora_backup_drill_rpo"; "would be lost"), ask("aragora_backup_drill_rto"; "would take")])
    | size(16; 7) | .json.fieldConfig.defaults.custom.lineInterpolation = "stepAfter"),
  (alerts("Alerts"; "alertname=~'Archive.*|Backup.*|Drill.*|Wal.*|RecoveryPoint.*|Disk.*'") | size(8; 7))
])
