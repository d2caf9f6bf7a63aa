package io.aragora.workspace.invite;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** Invites to a person's address, or taken by the person; erased, they keep no address. */
public record InvitePerson() implements PersonalData {
  @Override
  public String name() {
    return "invites";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.toTree(InvitePersonStore.list(tx, workspace, account));
  }

  @Override
  public void erase(Tx tx, WorkspaceId workspace, AccountId account) {
    InvitePersonStore.erase(tx, workspace, account);
  }
}
