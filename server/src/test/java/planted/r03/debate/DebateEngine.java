package planted.r03.debate;

/** Breaks a rule of the house on purpose. */
final class DebateEngine {
  PlantedState next() {
    return new PlantedState();
  }
}
