package planted.r07.budget;

import java.time.Instant;

/** Breaks a rule of the house on purpose. */
final class PlantedBudgets {
  Instant due() {
    return Instant.now();
  }
}
