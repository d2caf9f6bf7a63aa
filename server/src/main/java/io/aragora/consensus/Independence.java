package io.aragora.consensus;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How many independent voices a panel is worth, given how much its seats err together. */
public record Independence(
    int seats, Fixed nEff, Fixed rhoBar, String source, List<String> families) {
  private static final double SAME_MODEL = 0.85;
  private static final double SAME_FAMILY = 0.65;
  private static final double SAME_VENDOR = 0.55;
  private static final double STRANGERS = 0.40;
  private static final double WITH_HUMAN = 0.15;
  private static final int PRIOR_STRENGTH = 30;

  /** Below this a panel is one model talking to itself, whatever the number of its seats. */
  private static final Fixed LOW = Fixed.parse("1.2");

  public Independence {
    families = List.copyOf(families);
  }

  /** Labelled outcomes of two models, by who was wrong. */
  public record Pair(
      String modelA, String modelB, int bothRight, int onlyAWrong, int onlyBWrong, int bothWrong) {
    int outcomes() {
      return bothRight + onlyAWrong + onlyBWrong + bothWrong;
    }

    boolean joins(Seat a, Seat b) {
      return (modelA.equals(a.model()) && modelB.equals(b.model()))
          || (modelA.equals(b.model()) && modelB.equals(a.model()));
    }

    /** Agreement in error beyond chance. */
    double kappa() {
      double m = outcomes();
      double aWrong = (onlyAWrong + bothWrong) / m;
      double bWrong = (onlyBWrong + bothWrong) / m;
      double expected = aWrong * bWrong + (1 - aWrong) * (1 - bWrong);
      double observed = (bothRight + bothWrong) / m;
      return expected >= 1 ? 0 : (observed - expected) / (1 - expected);
    }
  }

  /** From what is known of models in general, before any outcome was recorded. */
  public static Independence of(List<Seat> panel) {
    return of(panel, List.of());
  }

  /** From recorded outcomes of pairs of models, each shrunk toward the prior. */
  public static Independence of(List<Seat> panel, List<Pair> history) {
    double sum = 0;
    int pairs = 0;
    int measured = 0;
    for (int i = 0; i < panel.size(); i++) {
      for (int j = i + 1; j < panel.size(); j++) {
        Pair known = find(panel.get(i), panel.get(j), history);
        sum += rho(panel.get(i), panel.get(j), known);
        measured += known.outcomes() > 0 ? 1 : 0;
        pairs++;
      }
    }
    String source = measured == 0 ? "prior" : measured == pairs ? "measured" : "mixed";
    return of(panel, pairs == 0 ? 0 : sum / pairs, source);
  }

  private static Independence of(List<Seat> panel, double rhoBar, String source) {
    Set<String> families = new TreeSet<>();
    panel.forEach(seat -> families.add(seat.family()));
    int n = panel.size();
    return new Independence(
        n, Fixed.of(n / (1 + (n - 1) * rhoBar)), Fixed.of(rhoBar), source, List.copyOf(families));
  }

  private static Pair find(Seat a, Seat b, List<Pair> history) {
    for (Pair pair : history) {
      if (pair.joins(a, b)) {
        return pair;
      }
    }
    return new Pair(a.model(), b.model(), 0, 0, 0, 0);
  }

  private static double rho(Seat a, Seat b, Pair known) {
    int m = known.outcomes();
    double measured = m == 0 ? 0 : m * known.kappa();
    double shrunk = (measured + PRIOR_STRENGTH * prior(a, b)) / (m + PRIOR_STRENGTH);
    return Math.clamp(shrunk, 0, 1);
  }

  static double prior(Seat a, Seat b) {
    if (a.isHuman() || b.isHuman()) {
      return WITH_HUMAN;
    }
    if (a.model().equals(b.model())) {
      return SAME_MODEL;
    }
    if (a.family().equals(b.family())) {
      return SAME_FAMILY;
    }
    return a.vendor().equals(b.vendor()) ? SAME_VENDOR : STRANGERS;
  }

  public boolean isLow() {
    return nEff.isBelow(LOW);
  }
}
