package io.aragora.workspace.member;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** Where a person is a member; erased, the row stays without a way in, for records point to it. */
public final class MemberPerson implements PersonalData {
  private final MemberPersonStore store = new MemberPersonStore();

  @Override
  public String name() {
    return "membership";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return store.find(tx, workspace, account).<JsonNode>map(Json::toTree).orElseGet(Json::object);
  }

  @Override
  public void erase(Tx tx, WorkspaceId workspace, AccountId account) {
    store.deactivate(tx, workspace, account);
  }
}
