-- Settling a call moves money on its reservation only; the month is told once, at the release.
-- The month's row would otherwise be locked by every paid answer of every debate of a workspace.
-- unbooked is what the reservation has spent and its month still counts as held; booked says that
-- the month knows all. A node of the version before books each call at once and touches neither.
alter table reservation
  add column unbooked bigint not null default 0,
  add column booked boolean not null default true,
  add constraint reservation_unbooked_is_spent check (unbooked between 0 and spent);

create index reservation_to_book on reservation (workspace_id, period) where not booked;
