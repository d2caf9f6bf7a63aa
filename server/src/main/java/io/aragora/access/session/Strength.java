package io.aragora.access.session;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a person showed who they are. */
public enum Strength {
  PASSWORD,
  PASSWORD_TOTP,
  PASSKEY,
  OIDC;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
