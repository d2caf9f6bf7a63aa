package io.aragora.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.function.Function;

/** Answers as a well-behaved panel would, so that a stub server can carry whole debates. */
public final class PanelAnswers {
  private PanelAnswers() {}

  /** All seats choose the first option. */
  public static Function<JsonNode, String> agreeing() {
    return request -> answer(material(request), 0);
  }

  /** Seat n chooses option n: nobody wins the blind vote. */
  public static Function<JsonNode, String> quarrelling() {
    return request -> {
      JsonNode material = material(request);
      int seat = Integer.parseInt(material.path("seat").path("id").asText("s1").substring(1));
      return answer(material, (seat - 1) % Math.max(1, material.path("options").size()));
    };
  }

  /** The document the seat was given: the last message of the request. */
  public static JsonNode material(JsonNode request) {
    JsonNode messages = request.path("messages");
    for (int at = messages.size() - 1; at >= 0; at--) {
      String content = messages.get(at).path("content").asText();
      if (content.startsWith("{") && content.contains("\"move\"")) {
        return Json.tree(content);
      }
    }
    throw new IllegalStateException("no material in " + request);
  }

  private static String answer(JsonNode material, int choice) {
    return switch (material.path("move").asText()) {
      case "draft" -> draft(material, choice);
      case "challenge" -> challenge(material);
      case "ballot" -> ballot(material);
      default -> Json.object().put("summary", "The panel weighed the options.").toString();
    };
  }

  private static String draft(JsonNode material, int choice) {
    String option = material.path("options").path(choice).path("id").asText("free-answer");
    ObjectNode answer = Json.object().put("option", option);
    ArrayNode ranking = answer.putArray("ranking").add(option);
    material
        .path("options")
        .forEach(
            each -> {
              if (!each.path("id").asText().equals(option)) {
                ranking.add(each.path("id").asText());
              }
            });
    answer.putArray("claims").addObject().put("text", "Option " + option + " is the soundest.");
    return answer.put("confidence", 0.7).put("would_change_my_mind", "A cheaper way.").toString();
  }

  private static String challenge(JsonNode material) {
    ObjectNode answer = Json.object();
    ArrayNode replies = answer.putArray("replies");
    for (JsonNode claim : material.path("claims")) {
      replies
          .addObject()
          .put("claim", claim.path("id").asText())
          .put("stance", "unsure")
          .put("reason_type", "none")
          .put("text", "Nothing shows it.");
    }
    return answer.toString();
  }

  private static String ballot(JsonNode material) {
    ObjectNode answer = Json.object();
    answer.set("ranking", material.path("own").path("ranking"));
    return answer
        .put("abstain", false)
        .put("acceptable", 1)
        .put("changed", false)
        .put("reason_type", "none")
        .put("claim", "")
        .put("reason", "I keep to my first choice.")
        .toString();
  }
}
