package io.aragora.workspace.setup;

import io.aragora.kernel.Names;
import io.aragora.platform.mail.Mail;
import java.util.Objects;

/** Whoever holds the setup link, and what they want to be known by. */
public record FirstPerson(String token, String email, String name, String password) {
  public FirstPerson {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(password, "password");
    email = Mail.address("/email", email);
    name = Names.require(name, Names.LONGEST);
  }

  @Override
  public String toString() {
    return "(first person)";
  }
}
