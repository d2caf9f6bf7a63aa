include "panels";

dashboard("debates"; "Debates and spend"; "What the panels do, what it costs, and who refuses."; []; [
  row("In the time shown"),
  (figure("Opened"; "Debates opened."; "short"; [ask("sum(increase(aragora_debates_opened_total[$__range]))"; "")]) | limits([[null, "blue"]]) | digits(0)),
  (figure("Ended with a receipt"; "Whatever the outcome: each ends with one."; "short"; [ask("sum(increase(aragora_debates_ended_total[$__range]))"; "")]) | limits([[null, "green"]]) | digits(0)),
  (figure("Running"; "Debates that a node carries now."; "short"; [ask("max(aragora_jobs{kind='debate', state='running'})"; "")]) | limits([[null, "blue"]]) | digits(0)),
  (figure("Waiting"; "Debates that are due and that no node has taken up."; "short"; [ask("max(aragora_jobs{kind='debate', state='waiting'})"; "")])
    | limits([[null, "green"], [1, "orange"], [20, "red"]]) | digits(0) | help("JobsWait")),
  (figure("Spent"; "All workspaces together."; "currencyUSD"; [ask("sum(increase(aragora_spend_micro_dollars_total[$__range])) / 1e6"; "")]) | limits([[null, "purple"]]) | digits(2)),
  (figure("Refused by a cap"; "Debates that were not opened because a cap left no room."; "short"; [ask("sum(increase(aragora_holds_refused_total[$__range]))"; "")])
    | limits([[null, "green"], [1, "orange"]]) | digits(0) | help("BudgetReached")),

  row("Debates"),
  (columns("Outcomes"; "How debates ended."; "short"; [ask("sum by (outcome) (increase(aragora_debates_ended_total[$__rate_interval]))"; "{{outcome}}")]) | size(12; 8) | digits(0)),
  (curves("Opened against ended"; "When more are opened than end for long, work piles up."; "short"; [
      ask("sum(increase(aragora_debates_opened_total[1h]))"; "opened in the hour"), ask("sum(increase(aragora_debates_ended_total[1h]))"; "ended in the hour")])
    | size(6; 8) | coloured({"opened in the hour": "blue", "ended in the hour": "green"})),
  (curves("Oldest that waits"; "By kind of work. An alert from one minute on."; "s"; [ask("max by (kind) (aragora_job_wait_seconds)"; "{{kind}}")])
    | size(6; 8) | limits([[null, "transparent"], [60, "red"]]) | lines | help("JobsWait")),

  row("Models"),
  (areas("Calls"; "Calls a second, by result."; "reqps"; [ask("sum by (result) (rate(aragora_provider_call_seconds_count[$__rate_interval]))"; "{{result}}")]) | coloured({"ok": "green"}) | help("ModelCallsFail")),
  (curves("How long calls take"; "Half of them, and 95 of 100, by provider."; "s"; [
      ask("histogram_quantile(0.5, sum by (le, provider) (rate(aragora_provider_call_seconds_bucket[$__rate_interval])))"; "{{provider}}, half"),
      ask("histogram_quantile(0.95, sum by (le, provider) (rate(aragora_provider_call_seconds_bucket[$__rate_interval])))"; "{{provider}}, 95 of 100")])),
  (curves("Calls that fail"; "The part of each provider's calls that brings no answer."; "percentunit"; [
      ask("sum by (provider) (rate(aragora_provider_call_seconds_count{result!='ok'}[15m])) / sum by (provider) (rate(aragora_provider_call_seconds_count[15m]))"; "{{provider}}")])
    | between(0; 1) | limits([[null, "transparent"], [0.25, "red"]]) | lines | help("ModelCallsFail")),
  (figure("Models at rest"; "Not asked for now, because they failed too often."; "none"; [ask("max(aragora_models_shut)"; "")])
    | limits([[null, "green"], [1, "red"]]) | size(4; 8) | help("ModelsShut")),
  (areas("Tokens"; "Read and written by models, a second."; "short"; [ask("sum by (direction) (rate(aragora_provider_tokens_total[$__rate_interval]))"; "{{direction}}")])
    | size(10; 8) | coloured({"input": "blue", "output": "purple"})),
  (heat("Length of calls"; "How many calls took how long."; "s"; [ask("sum by (le) (increase(aragora_provider_call_seconds_bucket[$__rate_interval]))"; "{{le}}")]) | size(10; 8)),

  row("Money"),
  (columns("Spend"; "Dollars in each stretch of time, all workspaces."; "currencyUSD"; [ask("sum(increase(aragora_spend_micro_dollars_total[$__rate_interval])) / 1e6"; "spent")]) | size(10; 8) | coloured({"spent": "purple"})),
  (curves("Spend a debate"; "Dollars for each debate that ended, over six hours."; "currencyUSD"; [
      ask("sum(increase(aragora_spend_micro_dollars_total[6h])) / 1e6 / sum(increase(aragora_debates_ended_total[6h]))"; "a debate")]) | size(7; 8) | digits(4)),
  (columns("Caps that were approached"; "Days or months of a workspace that reached this much of their cap. No names: who it is stands in the app."; "short"; [
      ask("sum by (percent) (increase(aragora_budget_alerts_total[$__rate_interval]))"; "{{percent}} %")])
    | size(7; 8) | digits(0) | coloured({"50 %": "green", "75 %": "yellow", "90 %": "orange", "100 %": "red"}) | help("BudgetReached")),

  row("Records"),
  (curves("Receipts in the log"; "One leaf a receipt; it only ever grows."; "short"; [ask("max(aragora_log_leaves)"; "leaves")]) | size(6; 7)),
  (curves("Not signed yet"; "Leaves that no signed head covers: back to 0 within a second."; "short"; [ask("max(aragora_log_unsigned_leaves)"; "leaves"), ask("max(aragora_audit_waiting_entries)"; "audit entries")])
    | size(6; 7) | help("LogNotSigned")),
  (curves("Audit entries"; "Who did what: entries that have their place in the tree."; "short"; [ask("max(aragora_audit_leaves)"; "entries")]) | size(6; 7) | help("AuditLogBroken")),
  (curves("Mail"; "Waiting to be sent, and given up."; "short"; [ask("max(aragora_mails_waiting)"; "waiting"), ask("max(aragora_mails_given_up)"; "given up")])
    | size(6; 7) | coloured({"given up": "red", "waiting": "blue"}) | help("MailGivenUp"))
])
