-- When the person last showed who they are; a provider may vouch for a sign-in of long before.
-- Absent where an older server began the session: then it is when the session began.
alter table session add column proven_at timestamptz;
