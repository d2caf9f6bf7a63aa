package planted.r02.audit;

import planted.r02.event.PlantedEvents;

/** Breaks a rule of the house on purpose. */
public final class PlantedAudit {
  public PlantedEvents other() {
    return new PlantedEvents();
  }
}
