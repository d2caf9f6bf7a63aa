-- Who may enter, and as what: one role migrates, one works, one measures. None of them has a password.
create role aragora_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
create role aragora_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
create role aragora_metrics login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
grant pg_monitor to aragora_metrics;

create database aragora owner aragora_owner encoding 'UTF8' template template0;
revoke all on database aragora from public;
revoke connect on database postgres, template1 from public;
grant connect on database aragora to aragora_app, aragora_metrics;
