package io.aragora.debate.person;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** Debates a person opened: the workspace's own records, so that they are shown and not erased. */
public record DebatePerson() implements PersonalData {
  @Override
  public String name() {
    return "debates";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.toTree(DebatePersonStore.list(tx, workspace, account));
  }
}
