package planted.r10.budget;

/** Breaks a rule of the house on purpose. */
final class PlantedBudgets {
  String home() {
    return String.valueOf(System.getenv("HOME"));
  }
}
