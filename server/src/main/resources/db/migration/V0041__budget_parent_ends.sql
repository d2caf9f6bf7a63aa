-- Who pays for whom can end: by the workspace itself, or because the one above is erased. Those it
-- paid for then stand by themselves; a row that stayed would refuse every hold of theirs.
create policy budget_parent_ended_above on budget_parent for delete
  using (parent_id = current_workspace());

grant delete on budget_parent to ${app_role};

create function end_payments() returns trigger
  language plpgsql
  as $$
    begin
      delete from budget_parent
       where parent_id = new.workspace_id;
      return new;
    end
  $$;

create trigger workspace_ends_payments
  after update of erased_at on workspace
  for each row when (old.erased_at is null and new.erased_at is not null)
  execute function end_payments();
