package io.aragora.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/**
 * What a person did, newest first; erased, the entries keep their hashes and lose their words: who
 * came from where, and whatever names the person.
 */
public record AuditPerson(AuditLog log) implements PersonalData {
  @Override
  public String name() {
    return "audit_entries";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.toTree(AuditPersonStore.list(tx, workspace, account));
  }

  @Override
  public void erase(Tx tx, WorkspaceId workspace, AccountId account) {
    int unused = log.forget(tx, workspace, account.actor());
  }
}
