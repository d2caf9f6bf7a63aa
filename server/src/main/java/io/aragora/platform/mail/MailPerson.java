package io.aragora.platform.mail;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.person.PersonalData;

/** Mail to a person that was not delivered yet, or given up: erased with the person. */
public record MailPerson() implements PersonalData {
  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void eraseOwn(Tx tx, AccountId account) {
    new MailStore().forget(tx, account);
  }
}
