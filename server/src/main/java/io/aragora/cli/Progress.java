package io.aragora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Tells a debate's events as short lines for people: phases, seats, money. */
final class Progress {
  /** Under the words of the line before. */
  private static final String NEXT_LINE = "\n" + " ".repeat(12);

  private long spent;

  /** The line for an event, or none where it says nothing new to a person. */
  Optional<String> line(JsonNode event) {
    var data = event.path("data");
    return switch (event.path("type").asText()) {
      case "debate.opened" -> told("opened", opened(data));
      case "debate.started" -> told("panel", panel(data));
      case "round.started" ->
          told("round", "%s, round %s".formatted(text(data, "move"), text(data, "round")));
      case "draft.submitted" ->
          told("draft", "%s %s, %s".formatted(seat(data), choice(data), claims(data, "claims")));
      case "challenge.submitted" ->
          told("challenge", "%s answered %s".formatted(seat(data), claims(data, "replies")));
      case "ballot.cast" -> told("ballot", ballot(data));
      case "agreement.computed" -> told("votes", votes(data));
      case "seat.failed" ->
          told(
              "failed",
              "%s %s: %s".formatted(seat(data), text(data, "code"), text(data, "message")));
      case "seat.substituted" ->
          told(
              "model",
              "%s %s instead of %s"
                  .formatted(seat(data), text(data, "actual"), text(data, "requested")));
      case "budget.settled" -> money(data);
      case "budget.exceeded" -> told("money", "the hold leaves no room for the next call");
      case "debate.decided" -> told("decided", decided(data));
      case "receipt.issued" -> told("receipt", text(data, "receipt_id"));
      case "debate.closed" -> told("closed", "spent " + Money.ofMicro(data.path("spent").asLong()));
      default -> Optional.empty();
    };
  }

  private static Optional<String> told(String phase, String what) {
    return Optional.of("  %-10s%s".formatted(phase, what));
  }

  private static String opened(JsonNode data) {
    return "%s seats, rule %s, at most %s%s"
        .formatted(
            text(data, "seats"),
            text(data, "rule"),
            Money.ofMicro(data.path("bound").asLong()),
            data.path("rehearsal").asBoolean() ? ", rehearsal: no real model" : "");
  }

  private static String panel(JsonNode data) {
    return each(data.path("panel")).stream()
        .map(
            seat ->
                "%s %s (%s)".formatted(text(seat, "seat"), text(seat, "model"), text(seat, "lens")))
        .collect(Collectors.joining(NEXT_LINE));
  }

  private static String ballot(JsonNode data) {
    var line = "%s %s, %s".formatted(seat(data), choice(data), text(data, "phase"));
    return data.path("changed").asBoolean()
        ? line + ", changed by " + text(data, "reason_type")
        : line;
  }

  private static String votes(JsonNode data) {
    var votes = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> each : data.path("votes").properties()) {
      votes.add(each.getKey() + " " + each.getValue().asText());
    }
    return "%s; abstained %s of %s"
        .formatted(String.join(", ", votes), text(data, "abstained"), text(data, "seats"));
  }

  private Optional<String> money(JsonNode data) {
    spent += data.path("charged").asLong();
    return told(
        "money",
        "%s tokens in, %s out; spent %s, left %s"
            .formatted(
                text(data, "input_tokens"),
                text(data, "output_tokens"),
                Money.ofMicro(spent),
                Money.ofMicro(data.path("left").asLong())));
  }

  private static String decided(JsonNode data) {
    var line = new StringBuilder(text(data, "outcome"));
    if (data.hasNonNull("verdict")) {
      line.append(": ").append(text(data, "verdict"));
    }
    if (data.hasNonNull("confidence")) {
      line.append(", confidence ").append(text(data, "confidence"));
    }
    return line.toString();
  }

  private static String seat(JsonNode data) {
    return "seat " + text(data, "seat") + ":";
  }

  private static String choice(JsonNode data) {
    return data.path("abstain").asBoolean()
        ? "abstains"
        : each(data.path("ranking")).stream()
            .map(JsonNode::asText)
            .collect(Collectors.joining(" > "));
  }

  private static String claims(JsonNode data, String field) {
    int count = data.path(field).size();
    return count == 1 ? "1 claim" : count + " claims";
  }

  private static List<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** Words of a model may hold control characters: a terminal must not obey them. */
  private static String text(JsonNode data, String field) {
    return Words.plain(data.path(field).asText());
  }
}
