-- Holds that nobody works on are looked for every ten minutes: few are open, however many there were.
create index reservation_open on reservation (workspace_id, created_at) where state = 'open';
