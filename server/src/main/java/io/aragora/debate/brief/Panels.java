package io.aragora.debate.brief;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Fault;
import io.aragora.kernel.Refusal;
import io.aragora.provider.Model;
import io.aragora.provider.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Seats a panel: the models asked for, or three that differ as much as those on offer allow. */
public final class Panels {
  private static final int STANDARD_SEATS = 3;
  private static final double STANDARD_TEMPERATURE = 0.7;
  private static final List<String> LENSES =
      List.of(
          "value: what is gained, and by whom",
          "risk: what can go wrong, and how badly",
          "cost: what it takes in money, time and attention",
          "evidence: what is known, and what is only believed",
          "reversibility: what can be undone later");

  private Panels() {}

  public static List<Brief.Seat> seat(Providers providers, List<OpenDebate.SeatWish> wishes) {
    List<OpenDebate.SeatWish> wanted = wishes.isEmpty() ? standard(providers) : wishes;
    var faults = new ArrayList<Fault>();
    var seats = new ArrayList<Brief.Seat>();
    for (int at = 0; at < wanted.size(); at++) {
      OpenDebate.SeatWish wish = wanted.get(at);
      var model = providers.find(wish.model());
      if (model.isEmpty()) {
        faults.add(
            new Fault(
                "/panel/" + at + "/model", "unknown_model", "no model here is " + wish.model()));
      } else {
        seats.add(place(at, wish, model.get()));
      }
    }
    if (!faults.isEmpty()) {
      throw Refusal.of(ErrorCode.UNKNOWN_MODEL, faults.getFirst().message(), faults);
    }
    return seats;
  }

  /** A model that must be there, because a debate was opened with it. */
  public static Model require(Providers providers, String id) {
    return providers
        .find(id)
        .orElseThrow(
            () -> new IllegalStateException("the model " + id + " is no longer configured"));
  }

  private static Brief.Seat place(int at, OpenDebate.SeatWish wish, Model model) {
    double heat = Objects.requireNonNullElse(wish.temperature(), STANDARD_TEMPERATURE);
    return new Brief.Seat(
        at + 1,
        Objects.requireNonNullElse(wish.lens(), LENSES.get(at % LENSES.size())),
        model.id(),
        model.name(),
        model.provider(),
        model.family(),
        model.vendor(),
        (int) Math.round(heat * 1000));
  }

  /** Real models before rehearsal, one of each vendor before a second of any. */
  private static List<OpenDebate.SeatWish> standard(Providers providers) {
    List<Model> real = providers.models().stream().filter(m -> !m.isRehearsal()).toList();
    List<Model> offered = new ArrayList<>(real.isEmpty() ? providers.models() : real);
    if (offered.isEmpty()) {
      throw Refusal.of(
          ErrorCode.UNKNOWN_MODEL, "no model is configured: set ARAGORA_OPENAI_URL and _MODELS");
    }
    var chosen = new ArrayList<Model>();
    while (chosen.size() < STANDARD_SEATS) {
      Model next =
          offered.stream()
              .min(java.util.Comparator.comparingLong(model -> alike(model, chosen)))
              .orElseThrow();
      chosen.add(next);
    }
    return chosen.stream().map(model -> new OpenDebate.SeatWish(model.id(), null, null)).toList();
  }

  /** How much a model repeats what already sits: the same model weighs most. */
  private static long alike(Model model, List<Model> seated) {
    return seated.stream()
        .mapToLong(
            other ->
                model.id().equals(other.id())
                    ? 100
                    : model.family().equals(other.family())
                        ? 10
                        : model.vendor().equals(other.vendor()) ? 1 : 0)
        .sum();
  }
}
