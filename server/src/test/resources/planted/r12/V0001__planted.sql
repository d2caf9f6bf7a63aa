-- Guards nothing, on purpose.
create table planted_budget (
  workspace_id uuid   not null,
  spent        bigint not null
);
