#!/usr/bin/env bash
# What is in the database, table by table: for checks that something left nothing. Needs compose.sh.

# A check may know that tables exist; nothing else of ours outside the server and backup/image does.
row_counts() {
  compose exec -T db psql -XAtq -F ' ' -U postgres -d aragora -c "
    select relname, (xpath('/row/n/text()',
             query_to_xml(format('select count(*) as n from public.%I', relname), false, true, '')))[1]::text
      from pg_class
     where relnamespace = 'public'::regnamespace
       and relkind = 'r'
     order by relname"
}

# what_never_goes: the tables that only grow. The audit log and the log of receipts keep their hashes, so that every
# proof goes on holding; a workspace that was erased keeps its id, so that nobody gets it again.
what_never_goes() { printf '%s\n' workspace audit_entry audit_leaf audit_node audit_checkpoint audit_pending log_leaf log_node log_checkpoint; }

# grown BEFORE AFTER: tables that have more rows than before, and may not.
grown() {
  join "$1" "$2" | awk '$3 > $2 { print $1, $2, "->", $3 }' | grep -vE "^($(what_never_goes | paste -sd '|')) "
}
