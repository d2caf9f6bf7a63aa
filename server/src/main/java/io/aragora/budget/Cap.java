package io.aragora.budget;

import java.util.Locale;

/** The upper limits a hold must fit, all at once. */
public enum Cap {
  /** For one debate. */
  DEBATE("the debate cap"),
  /** For all debates opened in one month. */
  MONTH("the month cap"),
  /** For all debates opened on one day (UTC). */
  DAY("the day cap"),
  /** For a month of a workspace that pays for this one. */
  PARENT_MONTH("the month cap of the workspace above"),
  /** For a day of a workspace that pays for this one. */
  PARENT_DAY("the day cap of the workspace above");

  private final String spoken;

  Cap(String spoken) {
    this.spoken = spoken;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  String spoken() {
    return spoken;
  }

  /** Whether its figures belong to another workspace. */
  public boolean isOfParent() {
    return this == PARENT_MONTH || this == PARENT_DAY;
  }
}
