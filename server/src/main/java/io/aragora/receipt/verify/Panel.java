package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.consensus.Fixed;
import io.aragora.consensus.Independence;
import io.aragora.consensus.Seat;
import java.util.ArrayList;
import java.util.List;

/** Reads the panel of a receipt and what it says about its independence. */
final class Panel {
  private Panel() {}

  static Independence independence(JsonNode predicate) {
    JsonNode block = predicate.path("independence");
    var families = new ArrayList<String>();
    block.path("families").forEach(family -> families.add(family.asText()));
    return new Independence(
        block.path("n").asInt(),
        Fixed.parse(block.path("n_eff").asText()),
        Fixed.parse(block.path("rho_bar").asText()),
        block.path("rho_source").asText(),
        families);
  }

  static List<Seat> seats(JsonNode predicate, List<String> wanted) {
    var seats = new ArrayList<Seat>();
    for (JsonNode seat : predicate.path("panel")) {
      if (wanted.contains(seat.path("seat").asText())) {
        seats.add(
            new Seat(
                seat.path("seat").asText(),
                // One name at two providers is two models, as the engine sees it.
                seat.path("provider").asText() + "/" + seat.path("model_requested").asText(),
                seat.path("family").asText(),
                seat.path("vendor").asText()));
      }
    }
    return seats;
  }
}
