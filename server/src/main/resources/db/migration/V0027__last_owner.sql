-- A workspace keeps an owner whatever happens at once: the database itself refuses the last one's leaving.
-- Who was removed stays as a row: the same person joins again by it, and asking twice finds it.
alter table member
  drop constraint member_status,
  add constraint member_status check (status in ('ACTIVE', 'DEACTIVATED', 'REMOVED'));

-- Locks the workspace's row, so that two who leave at once see each other, and then looks for an
-- owner whose account may come in; an erased workspace needs none. An account row that somebody changes just now counts as none:
-- waiting for it could be waiting for one who waits for us.
create function keep_an_owner(place uuid) returns void
  language plpgsql
  as $$
    declare
      before text := current_setting('app.workspace', true);
    begin
      perform set_config('app.workspace', place::text, true);
      perform 1 from workspace where workspace_id = place and erased_at is null for update;
      if not found then
        perform set_config('app.workspace', coalesce(before, ''), true);
        return;
      end if;
      perform 1
         from member
         join account using (account_id)
        where member.workspace_id = place
          and member.role = 'owner'
          and member.status = 'ACTIVE'
          and account.status = 'ACTIVE'
        limit 1
          for share of account skip locked;
      if not found then
        raise exception 'a workspace keeps at least one owner: make another member an owner first'
          using errcode = 'AR001';
      end if;
      perform set_config('app.workspace', coalesce(before, ''), true);
    end
  $$;

create function member_keeps_an_owner() returns trigger
  language plpgsql
  as $$
    begin
      perform keep_an_owner(old.workspace_id);
      return null;
    end
  $$;

create trigger member_last_owner
  after update or delete on member
  for each row
  when (old.role = 'owner' and old.status = 'ACTIVE')
  execute function member_keeps_an_owner();

-- An account that may no longer come in takes its ownerships with it, in every workspace.
create function account_keeps_owners() returns trigger
  language plpgsql
  as $$
    declare
      before text := current_setting('app.account', true);
      place  uuid;
    begin
      perform set_config('app.account', old.account_id::text, true);
      for place in
        select workspace_id
          from member
         where account_id = old.account_id
           and role = 'owner'
           and status = 'ACTIVE'
         order by workspace_id
      loop
        perform keep_an_owner(place);
      end loop;
      perform set_config('app.account', coalesce(before, ''), true);
      return null;
    end
  $$;

create trigger account_last_owner
  after update on account
  for each row
  when (old.status = 'ACTIVE' and new.status <> 'ACTIVE')
  execute function account_keeps_owners();
