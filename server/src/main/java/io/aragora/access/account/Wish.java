package io.aragora.access.account;

import io.aragora.kernel.Refusal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people send to come in or to change their password; none of it may appear in a log. */
public final class Wish {
  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_PASSWORD = 1_024;
  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_TOKEN = 128;

  private Wish() {}

  /**
   * A sign-in.
   *
   * @param code of the authenticator, or a recovery code, where the account asks for one
   */
  public record SignIn(String email, String password, @Nullable String code) {
    public SignIn {
      bounded("email", email, LONGEST_EMAIL);
      bounded("password", password, LONGEST_PASSWORD);
      if (code != null) {
        bounded("code", code, LONGEST_CODE);
      }
    }

    Optional<String> maybeCode() {
      return Optional.ofNullable(code);
    }

    @Override
    public String toString() {
      return "a sign-in";
    }
  }

  /** A new password, by who knows the present one. */
  public record PasswordChange(String presentPassword, String password) {
    public PasswordChange {
      bounded("present_password", presentPassword, LONGEST_PASSWORD);
      bounded("password", password, LONGEST_PASSWORD);
    }

    @Override
    public String toString() {
      return "a change of password";
    }
  }

  /** A link, by who forgot the password. */
  public record PasswordReset(String email) {
    public PasswordReset {
      bounded("email", email, LONGEST_EMAIL);
    }
  }

  /** A new password, by who got a link. */
  public record PasswordRedeem(String token, String password) {
    public PasswordRedeem {
      bounded("token", token, LONGEST_TOKEN);
      bounded("password", password, LONGEST_PASSWORD);
    }

    @Override
    public String toString() {
      return "a new password";
    }
  }

  private static void bounded(String name, String text, int most) {
    Objects.requireNonNull(text, name);
    if (text.isEmpty() || text.length() > most) {
      throw Refusal.invalid(
          "/" + name, "length", "%s has 1 to %d characters".formatted(name, most));
    }
  }
}
