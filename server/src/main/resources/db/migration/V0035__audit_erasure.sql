-- A person's words leave the audit log with their salt; every other column of an entry stays as it is.
grant update (address, detail, salt) on audit_entry to ${app_role};
