package io.aragora.access.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** From where a person signed in; a workspace is shown only the sessions spent in it. */
public final class SessionPerson implements PersonalData {
  private final SessionPersonStore store = new SessionPersonStore();

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
    return Json.toTree(store.in(tx, workspace, account));
  }

  @Override
  public JsonNode exportOwn(Tx tx, AccountId account) {
    return Json.toTree(store.all(tx, account));
  }

  @Override
  public void eraseOwn(Tx tx, AccountId account) {
    store.delete(tx, account);
  }
}
