package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.receipt.verify.Check.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whether the words shown are those the payload commits to, and whether all are there. */
final class DisclosureCheck {
  private DisclosureCheck() {}

  static Check check(ReceiptFile file, JsonNode statement) {
    JsonNode shown = file.parts().path("disclosures");
    if (!shown.isMissingNode() && !shown.isArray()) {
      return Check.failed(Step.DISCLOSURES, "disclosures must be a list");
    }
    Set<String> open = new HashSet<>();
    for (JsonNode each : shown) {
      Disclosure disclosure = Disclosure.read(each.asText());
      if (!disclosure.value().isTextual() || !isCommitted(disclosure, statement)) {
        return Check.failed(Step.DISCLOSURES, "not what was committed to at " + disclosure.path());
      }
      if (!open.add(disclosure.path())) {
        return Check.failed(Step.DISCLOSURES, "disclosed twice: " + disclosure.path());
      }
    }
    int all = commitments(statement);
    String count = open.size() + " of " + all + " texts disclosed";
    return open.size() == all
        ? Check.ok(Step.DISCLOSURES, count + ", each as committed")
        : Check.skipped(Step.DISCLOSURES, count + "; the others are withheld or erased");
  }

  private static boolean isCommitted(Disclosure disclosure, JsonNode statement) {
    String path = disclosure.path();
    JsonNode at = path.endsWith("commitment") ? statement.at(path) : statement.path("");
    return at.isTextual() && at.textValue().equals(disclosure.commitment());
  }

  private static int commitments(JsonNode node) {
    int count = 0;
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      boolean isOne = member.getKey().endsWith("commitment") && member.getValue().isTextual();
      count += isOne ? 1 : commitments(member.getValue());
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        count += commitments(item);
      }
    }
    return count;
  }
}
