package io.aragora.access.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** A person's passkeys, as they see them themselves. */
public record PasskeyPerson() implements PersonalData {
  private static final PasskeyStore STORE = new PasskeyStore();

  @Override
  public String name() {
    return "passkeys";
  }

  @Override
  public JsonNode exportOwn(Tx tx, AccountId account) {
    return Json.toTree(STORE.list(tx, account));
  }

  @Override
  public void eraseOwn(Tx tx, AccountId account) {
    STORE.removeAll(tx, account);
  }
}
