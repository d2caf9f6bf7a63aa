package io.aragora.access.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;

/** What an account says of its person; erased, it is an id and nothing else. */
public final class AccountPerson implements PersonalData {
  private final AccountPersonStore store = new AccountPersonStore();

  @Override
  public String name() {
    return "account";
  }

  @Override
  public JsonNode exportOwn(Tx tx, AccountId account) {
    return store.find(tx, account).<JsonNode>map(Json::toTree).orElseGet(Json::object);
  }

  @Override
  public void eraseOwn(Tx tx, AccountId account) {
    store.erase(tx, account);
  }
}
