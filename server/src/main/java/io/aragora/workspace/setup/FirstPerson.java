package io.aragora.workspace.setup;

import io.aragora.platform.mail.Mail;
import io.aragora.workspace.name.PlainName;

/** Whoever holds the setup link, and what they want to be known by. */
public record FirstPerson(String token, String email, String name, String password) {
  public FirstPerson {
    email = Mail.address("/email", email);
    name = PlainName.clean("name", name);
  }

  @Override
  public String toString() {
    return "(first person)";
  }
}
