package io.aragora.access.totp;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a person has a second factor, since when, and how many recovery codes are left. */
public record TotpState(boolean enabled, @Nullable Instant since, long recoveryCodesLeft) {

  /** A new secret, shown once: typed, or drawn as a picture of the address. */
  public record Secret(String secret, String uri) {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /** Recovery codes, shown once. */
  public record Recovery(List<String> codes) {
    public Recovery {
      codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /** A code from the app, or a recovery code. */
  public record Code(String code) {
    private static final int LONGEST = 64;

    public Code {
      Objects.requireNonNull(code, "code");
      code = code.strip();
      if (code.isEmpty() || code.length() > LONGEST) {
        throw new IllegalArgumentException(
            "code must have 1 to " + LONGEST + " characters: " + code.length());
      }
    }
  }

  /** What shows that the person themselves asks: a code or the password. */
  public record Proof(@Nullable String code, @Nullable String password) {
    private static final int LONGEST = 512;

    public Proof {
      if ((code == null) == (password == null)) {
        throw new IllegalArgumentException("give either code or password");
      }
      int length = Objects.requireNonNullElse(code, "").length() + length(password);
      if (length == 0 || length > LONGEST) {
        throw new IllegalArgumentException(
            "code or password must have 1 to " + LONGEST + " characters: " + length);
      }
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }
}
