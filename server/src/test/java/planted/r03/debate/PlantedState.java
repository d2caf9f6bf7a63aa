package planted.r03.debate;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** Breaks a rule of the house on purpose. */
final class PlantedState {
  Object mapper() {
    return new JsonMapper();
  }
}
