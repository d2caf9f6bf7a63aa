package planted.r12.budget;

/** Breaks a rule of the house on purpose. */
final class PlantedStore {
  static final String SPEND = "update planted_budget set spent = spent + 1";
}
