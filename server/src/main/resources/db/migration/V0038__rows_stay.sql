-- A row never goes over to another owner: four policies look only at a row as it was, or at a secret, and would let it go.
create function refuse_move() returns trigger
  language plpgsql
  as $$
    begin
      raise exception 'a row of % cannot change its owner', tg_table_name
        using errcode = 'insufficient_privilege';
    end
  $$;

create trigger budget_stays
  before update of workspace_id on budget
  for each row when (new.workspace_id is distinct from old.workspace_id)
  execute function refuse_move();

create trigger api_key_stays
  before update of workspace_id on api_key
  for each row when (new.workspace_id is distinct from old.workspace_id)
  execute function refuse_move();

create trigger session_stays
  before update of account_id on session
  for each row when (new.account_id is distinct from old.account_id)
  execute function refuse_move();

create trigger oidc_link_stays
  before update of account_id on oidc_link
  for each row when (new.account_id is distinct from old.account_id)
  execute function refuse_move();
