package io.aragora.access;

import io.aragora.platform.http.Right;

/** What a caller may do, one constant each. */
public enum Permission implements Right {
  OPEN_DEBATE("debate.open", "Open debates, attach evidence and cancel them"),
  READ_DEBATE("debate.read", "Read debates, their events and transcripts"),
  READ_RECEIPT("receipt.read", "Read and export receipts"),
  READ_BUDGET("budget.read", "Read caps, holds and spending"),
  CHANGE_BUDGET("budget.change", "Change caps"),
  READ_SYSTEM("system.read", "Read version, models and state of the appliance"),
  ;

  private final String wire;
  private final String about;

  Permission(String wire, String about) {
    this.wire = wire;
    this.about = about;
  }

  @Override
  public String wire() {
    return wire;
  }

  public String about() {
    return about;
  }
}
