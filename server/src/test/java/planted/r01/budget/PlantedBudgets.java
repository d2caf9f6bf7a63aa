package planted.r01.budget;

import planted.r01.debate.PlantedDebates;

/** Breaks a rule of the house on purpose. */
final class PlantedBudgets {
  PlantedDebates reachesUp() {
    return new PlantedDebates();
  }
}
