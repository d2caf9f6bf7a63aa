package planted.r02.event;

import planted.r02.audit.PlantedAudit;

/** Breaks a rule of the house on purpose. */
public final class PlantedEvents {
  public PlantedAudit other() {
    return new PlantedAudit();
  }
}
