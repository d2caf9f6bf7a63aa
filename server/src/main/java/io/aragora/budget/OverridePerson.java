package io.aragora.budget;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** Raises of a budget a person made: the workspace's own records, shown and not erased. */
public record OverridePerson() implements PersonalData {
  @Override
  public String name() {
    return "budget_overrides";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.toTree(new OverrideStore().by(tx, workspace, account.actor(), MOST));
  }
}
