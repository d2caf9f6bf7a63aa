package io.aragora.access.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** Who a person is at the sign-in provider. */
public record OidcPerson() implements PersonalData {
  private static final OidcStore STORE = new OidcStore();

  @Override
  public String name() {
    return "sign_in_elsewhere";
  }

  @Override
  public JsonNode exportOwn(Tx tx, AccountId account) {
    return Json.toTree(STORE.of(tx, account));
  }

  @Override
  public void eraseOwn(Tx tx, AccountId account) {
    STORE.remove(tx, account);
  }
}
