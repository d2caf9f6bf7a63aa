package io.aragora.budget;

import java.util.Locale;

/** The upper limits a workspace has. */
public enum Cap {
  /** For one debate. */
  DEBATE,
  /** For all debates opened in one month. */
  MONTH;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
