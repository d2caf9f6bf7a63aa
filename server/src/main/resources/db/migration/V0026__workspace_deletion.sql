-- A workspace is deleted after a time of grace; what then stays is its id, without a name or a word.
alter table workspace
  add column erase_at timestamptz,
  -- Which wish to delete it is: a job of one that was taken back finds another here.
  add column deletion_id uuid,
  -- When erasing began, and when nothing was left.
  add column erased_at timestamptz,
  add column erasure_ended_at timestamptz,
  add constraint workspace_deletion_whole check ((erase_at is null) = (deletion_id is null)),
  add constraint workspace_erased_after_grace check (erased_at is null or erase_at is not null);

-- The one way to make a workspace, for the first start as well.
create function make_workspace(id uuid, called text, at timestamptz) returns uuid
  language sql
  as $$
    insert into workspace (workspace_id, name, created_at)
    values (id, called, at)
    returning workspace_id
  $$;

-- Erases up to so many rows a table of the workspace this transaction is in, if its grace is over by
-- this database's clock, and tells how many there were: to be called until that is none. It runs as
-- the tables' owner, because the server itself may delete next to nothing; forced row-level security
-- binds the owner to the same workspace. Audit entries keep their hashes and lose their words. The
-- leaves of the logs hold no workspace and stay, so every proof goes on holding.
create function erase_workspace(most integer) returns bigint
  language plpgsql
  security definer
  set search_path = public, pg_temp
  as $$
    declare
      place  uuid := current_workspace();
      total  bigint := 0;
      gone   bigint;
      each   text;
      todo   text[];
      held   text[];
    begin
      update workspace
         set name = 'deleted', erased_at = coalesce(erased_at, now())
       where workspace_id = place
         and erase_at <= now();
      if not found then
        raise exception 'the workspace is not to be erased now: %', place;
      end if;
      update audit_entry
         set address = null, detail = null, salt = null
       where entry_id in (
               select entry_id
                 from audit_entry
                where workspace_id = place
                  and salt is not null
                limit most);
      get diagnostics total = row_count;
      todo := array(
        select relname::text
          from pg_class
          join pg_attribute on attrelid = pg_class.oid
         where relnamespace = 'public'::regnamespace
           and relkind = 'r'
           and attname = 'workspace_id'
           and not attisdropped
           and relname not in ('workspace', 'audit_entry')
         order by relname);
      -- Rows that others still point to come off once those are gone.
      while cardinality(todo) > 0 loop
        held := '{}';
        foreach each in array todo loop
          begin
            execute format(
                'delete from %1$I where ctid = any (array('
                'select ctid from %1$I where workspace_id = $1 limit $2))', each)
              using place, most;
            get diagnostics gone = row_count;
            total := total + gone;
          exception when foreign_key_violation then
            held := held || each;
          end;
        end loop;
        exit when held = todo;
        todo := held;
      end loop;
      if total = 0 and cardinality(todo) > 0 then
        raise exception 'rows of % hold each other', todo;
      end if;
      return total;
    end
  $$;

revoke execute on function erase_workspace(integer) from public;
grant execute on function erase_workspace(integer) to ${app_role};
