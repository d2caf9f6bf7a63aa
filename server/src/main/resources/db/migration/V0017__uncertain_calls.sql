-- A receipt says how many calls were charged at their bound: few rows, looked up at each close.
create index ledger_entry_uncertain on ledger_entry (debate_id) where kind = 'ambiguous';
