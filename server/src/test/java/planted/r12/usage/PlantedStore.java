package planted.r12.usage;

/** Breaks a rule of the house on purpose. */
final class PlantedStore {
  static final String WRITE = "insert into planted_report (day) values (?)";
}
