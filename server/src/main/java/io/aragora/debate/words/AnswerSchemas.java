package io.aragora.debate.words;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.Locale;

/** The JSON Schema a seat's answer to each move must satisfy, narrowed to this debate's ids. */
public final class AnswerSchemas {
  static final int MOST_CLAIMS = 5;
  private static final int CLAIM_LENGTH = 400;
  private static final int QUOTE_LENGTH = 300;
  private static final int REASON_LENGTH = 900;
  private static final int KEY_LENGTH = 60;

  private AnswerSchemas() {}

  /** For open questions {@code options} is empty and the seat names its own. */
  public static String draft(List<String> options, List<String> evidence) {
    ObjectNode claim = object();
    property(claim, "text", text(1, CLAIM_LENGTH));
    if (!evidence.isEmpty()) {
      optional(claim, "evidence", array(cited(evidence), 3));
    }
    ObjectNode root = object();
    ObjectNode option = options.isEmpty() ? text(1, KEY_LENGTH) : oneOf(options);
    property(root, "option", option);
    property(root, "ranking", array(option.deepCopy(), Math.max(1, options.size())));
    property(root, "claims", array(claim, MOST_CLAIMS));
    property(root, "confidence", Json.object().put("type", "number"));
    property(root, "would_change_my_mind", text(0, CLAIM_LENGTH));
    return root.toString();
  }

  public static String challenge(List<String> claims, List<String> evidence) {
    ObjectNode reply = object();
    property(reply, "claim", oneOf(claims));
    property(reply, "stance", oneOf(List.of("accept", "reject", "unsure")));
    property(reply, "reason_type", reasonType());
    property(reply, "text", text(0, CLAIM_LENGTH));
    if (!evidence.isEmpty()) {
      optional(reply, "evidence", cited(evidence));
    }
    ObjectNode root = object();
    property(root, "replies", array(reply, claims.size()));
    return root.toString();
  }

  public static String ballot(List<String> options, List<String> claims) {
    ObjectNode root = object();
    property(root, "ranking", array(oneOf(options), options.size()));
    property(root, "abstain", Json.object().put("type", "boolean"));
    property(
        root,
        "acceptable",
        Json.object().put("type", "integer").put("minimum", 0).put("maximum", options.size()));
    property(root, "changed", Json.object().put("type", "boolean"));
    property(root, "reason_type", reasonType());
    ObjectNode claim = Json.object().put("type", "string");
    claim.putArray("enum").add("");
    claims.forEach(id -> claim.withArray("enum").add(id));
    property(root, "claim", claim);
    property(root, "reason", text(0, REASON_LENGTH));
    return root.toString();
  }

  public static String edit() {
    ObjectNode root = object();
    property(root, "summary", text(1, 2 * REASON_LENGTH));
    return root.toString();
  }

  private static ObjectNode cited(List<String> evidence) {
    ObjectNode cited = object();
    property(cited, "id", oneOf(evidence));
    property(cited, "quote", text(1, QUOTE_LENGTH));
    return cited;
  }

  private static ObjectNode reasonType() {
    return oneOf(
        java.util.Arrays.stream(io.aragora.consensus.ReasonType.values())
            .map(type -> type.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  private static ObjectNode object() {
    ObjectNode node = Json.object().put("type", "object").put("additionalProperties", false);
    node.putObject("properties");
    node.putArray("required");
    return node;
  }

  private static void property(ObjectNode owner, String name, ObjectNode schema) {
    optional(owner, name, schema);
    owner.withArray("required").add(name);
  }

  private static void optional(ObjectNode owner, String name, ObjectNode schema) {
    owner.withObjectProperty("properties").set(name, schema);
  }

  private static ObjectNode array(ObjectNode items, int most) {
    ObjectNode node = Json.object().put("type", "array").put("maxItems", most);
    node.set("items", items);
    return node;
  }

  private static ObjectNode text(int least, int most) {
    return Json.object().put("type", "string").put("minLength", least).put("maxLength", most);
  }

  private static ObjectNode oneOf(List<String> values) {
    ObjectNode node = Json.object().put("type", "string");
    values.forEach(value -> node.withArray("enum").add(value));
    return node;
  }
}
