package io.aragora.provider.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.List;

/** Material for tests, as the debate writes it. */
final class Briefs {
  static final String GOOD_NEWS =
      "The pilot was a success. Teams report faster releases and fewer incidents. "
          + "Support tickets decreased, and customers praise the reliable service.";
  static final String BAD_NEWS =
      "The pilot failed twice. Two outages caused a loss of data. "
          + "The vendor is unstable and support is slow.";
  static final String BOTH =
      "The pilot brought faster releases and satisfied customers. Revenue grew by 8 percent. "
          + "The migration is risky and two outages happened. The contract means vendor lock-in.";

  private Briefs() {}

  static ObjectNode yesOrNo(String context) {
    ObjectNode root =
        Json.object().put("question", "Should we adopt the new platform?").put("context", context);
    option(root, "approve", "Adopt the platform");
    option(root, "reject", "Stay with what we have");
    root.putArray("evidence");
    return root;
  }

  static ObjectNode open(String context) {
    ObjectNode root =
        Json.object().put("question", "What should we improve first?").put("context", context);
    root.putArray("options");
    root.putArray("evidence");
    return root;
  }

  static ObjectNode option(ObjectNode root, String id, String label) {
    root.withArray("options").addObject().put("id", id).put("label", label);
    return root;
  }

  static ObjectNode evidence(ObjectNode root, String id, String text) {
    root.withArray("evidence").addObject().put("id", id).put("name", id + ".txt").put("text", text);
    return root;
  }

  static ObjectNode claim(ObjectNode root, String id, String text, List<String> quote) {
    ObjectNode claim = root.withArray("claims").addObject().put("id", id).put("text", text);
    claim.putArray("evidence");
    if (!quote.isEmpty()) {
      claim.withArray("evidence").addObject().put("id", quote.get(0)).put("quote", quote.get(1));
    }
    return root;
  }

  static ObjectNode own(ObjectNode root, String option) {
    root.putObject("own").put("option", option);
    return root;
  }

  static Rehearsal seat(ObjectNode material, Stance stance) {
    ObjectNode seated = material.deepCopy();
    seated
        .putObject("seat")
        .put("id", "s1")
        .put("lens", stance.name().toLowerCase(java.util.Locale.ROOT) + ": x");
    return new Rehearsal(seated.toString(), Stance.VALUE, 7);
  }
}
