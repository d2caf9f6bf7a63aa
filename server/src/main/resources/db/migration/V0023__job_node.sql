-- A node says that it lives in one row, however many jobs it has; others free the jobs of a node that no longer does.
create table job_node (
  node    text        not null,
  beat_at timestamptz not null,
  constraint job_node_pk primary key (node)
);

grant select, insert, update, delete on job_node to ${app_role};
