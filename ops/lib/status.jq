# What the facts of ops/lib/status.sh mean. Times are seconds since 1970, sizes bytes, ages are counted from .at.

def age(at): if at == null then null else $facts[0].at - at end;

def span:
  if . == null then "never"
  elif . < 120 then "\(floor) s"
  elif . < 7200 then "\(. / 60 | floor) min"
  elif . < 172800 then "\(. / 3600 | floor) h"
  else "\(. / 86400 | floor) d" end;

def size:
  if . == null then "unknown"
  elif . < 1048576 then "\(. / 1024 | floor) KiB"
  elif . < 1073741824 then "\(. / 1048576 | floor) MiB"
  else "\(. / 1073741824 * 10 | floor / 10) GiB" end;

def is_well:
  if .job then (.state == "exited" and .exit_code == 0) or .state == "running"
  else .state == "running" and (.health == "healthy" or .health == null) end;

# The limits are those of the alerts in grafana/prometheus/rules.
def todo:
  . as $facts
  | [ (.services[] | select(is_well | not)
        | "\(.name) is \(.state)\(if .health then ", " + .health else "" end): docker compose logs \(.name)"),
      (select(.ready.ok | not) | "the server is not ready: \(.ready.detail)"),
      (.certificates[] | select(.until - $facts.at < 21 * 86400)
        | "the certificate \(.name) ends in \(.until - $facts.at | span): ops/rotate tls"),
      (if .backup == null then "no backups are made: docker compose --profile backup up -d"
       else .backup |
        (select(.last_backup_seconds == null or $facts.at - .last_backup_seconds > 26 * 3600)
          | "the last backup is too long ago: docker compose logs backup"),
        (select(.failed == 1) | "the last backup failed: docker compose logs backup"),
        (select(.dropped_wal == 1) | "the archive has a gap: make a full backup now"),
        (select(.verify_ok == 0) | "a backup is damaged: docs/runbooks says what to do"),
        (select(.drill_ok == 0) | "the last drill failed: backup/drill shows why"),
        (select(.drill_ok == null or $facts.at - .drill_seconds > 8 * 86400)
          | "no drill in 8 days: backup/drill") end),
      (select(.disk.free != null and .disk.free * 10 < .disk.total) | "the disk is nearly full: \(.disk.free | size) are free"),
      (select(.disk.days_left != null and .disk.days_left < 4) | "the disk is full in \(.disk.days_left | floor) days") ];

def judged: . + {todo: todo};

def pad($n): . + " " * ([$n - length, 1] | max);

def service:
  ("  " + (.name | pad(20)) + (.state + (if .job and .state == "exited" then " (\(.exit_code))" else "" end) | pad(14))
  + ((if .job then "-" else .health // "-" end) | pad(11))
  + (if .state == "running" then "up \(age(.since) | span)" else "" end)
  + (if .restarts > 0 then ", \(.restarts) restarts" else "" end))
  | sub(" +$"; "");

def backup_lines:
  if . == null then ["  none are made"]
  else [ "  last \(age(.last_backup_seconds) | span) ago, full \(age(.last_full_seconds) | span) ago,"
         + " off-site \(if .offsite_last_backup_seconds then "\(age(.offsite_last_backup_seconds) | span) ago" else "none" end)",
         "  repository \(.repository_bytes | size), verified \(if .verify_ok == null then "never" else "\(age(.verify_seconds) | span) ago: \(if .verify_ok == 1 then "sound" else "DAMAGED" end)" end)",
         (if .drill_ok == null then "  drill never"
          else "  drill \(age(.drill_seconds) | span) ago: \(if .drill_ok == 1 then "passed" else "FAILED" end)"
            + (if .drill_rpo == null then "" else ", RPO \(.drill_rpo) s, RTO \(.drill_rto) s" end) end) ] end;

def screen:
  [ "aragora \(.version) at \(.url // "an address that is not known here")",
    "",
    "services", (.services | sort_by(.job, .name)[] | service),
    "server", "  " + (if .ready.ok then "ready" else "NOT READY: \(.ready.detail)" end),
    "certificates", (.certificates[] | "  " + (.name | pad(20)) + "\(age(.until) | -. | span) left"),
    "backups", (.backup | backup_lines[]),
    "disk",
    "  \(.disk.free | size) free of \(.disk.total | size), "
      + (if .disk.days_left == null then "no forecast yet: two days of backups are needed"
         elif .disk.days_left > 3650 then "not growing"
         else "full in about \(.disk.days_left | floor) days" end),
    "",
    (if .todo == [] then "all is well" else "to do", (.todo[] | "  " + .) end) ] | .[];
