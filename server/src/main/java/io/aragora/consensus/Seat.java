package io.aragora.consensus;

import java.util.Objects;

/** One place on a panel: who sits there, of which model family, from which vendor. */
public record Seat(String id, String model, String family, String vendor) {
  private static final String HUMAN = "human";

  public Seat {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(vendor, "vendor");
    if (id.isBlank()) {
      throw new IllegalArgumentException("a seat needs an id");
    }
  }

  public static Seat human(String id) {
    return new Seat(id, HUMAN, HUMAN, HUMAN);
  }

  public boolean isHuman() {
    return vendor.equals(HUMAN);
  }
}
