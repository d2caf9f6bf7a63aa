package io.aragora.access.totp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** Whether a person has a second factor; never its secret. */
public record TotpPerson() implements PersonalData {
  private static final TotpStore STORE = new TotpStore();

  @Override
  public String name() {
    return "second_factor";
  }

  @Override
  public JsonNode exportOwn(Tx tx, AccountId account) {
    return Json.toTree(Totp.state(tx, STORE, account));
  }

  @Override
  public void eraseOwn(Tx tx, AccountId account) {
    STORE.remove(tx, account);
  }
}
