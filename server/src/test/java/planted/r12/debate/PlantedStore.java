package planted.r12.debate;

/** Breaks a rule of the house on purpose. */
final class PlantedStore {
  static final String SPEND = "delete from planted_budget where spent > 1";
}
