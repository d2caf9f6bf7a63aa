package io.aragora.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;
import java.time.InstantSource;

/** A member's API keys; erased, they are revoked and lose their names. */
public record KeyPerson(InstantSource clock) implements PersonalData {
  @Override
  public String name() {
    return "api_keys";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.toTree(KeyPersonStore.list(tx, workspace, account));
  }

  @Override
  public void erase(Tx tx, WorkspaceId workspace, AccountId account) {
    KeyPersonStore.erase(tx, workspace, account, clock.instant());
  }
}
