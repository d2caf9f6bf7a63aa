package planted.r06.budget;

import io.helidon.webserver.http.ServerResponse;

/** Breaks a rule of the house on purpose. */
final class PlantedBudgets {
  void answer(ServerResponse response) {
    response.send();
  }
}
