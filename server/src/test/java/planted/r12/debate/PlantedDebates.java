package planted.r12.debate;

/** Breaks a rule of the house on purpose. */
final class PlantedDebates {
  static final String READ = "select spent from planted_budget";
}
