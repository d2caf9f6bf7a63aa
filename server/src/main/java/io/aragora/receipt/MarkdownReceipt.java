package io.aragora.receipt;

import static io.aragora.receipt.PlainText.block;
import static io.aragora.receipt.PlainText.inline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A receipt as a Markdown page for people; words of the debate can do nothing but be read. */
final class MarkdownReceipt {
  private final ReceiptContent receipt;
  private final String payloadSha256;
  private final StringBuilder page = new StringBuilder();

  MarkdownReceipt(ReceiptContent receipt, String payloadSha256) {
    this.receipt = receipt;
    this.payloadSha256 = payloadSha256;
  }

  String render() {
    page.append("# Decision receipt\n\n");
    if (receipt.isRehearsal()) {
      page.append("> **REHEARSAL.** The panel was simulated by the appliance itself. ");
      page.append("This is not a decision.\n\n");
    }
    question();
    outcome();
    options();
    panel();
    dissent();
    synthesis();
    evidence();
    figures();
    proof();
    return page.toString();
  }

  private void question() {
    page.append("## Question\n\n");
    words(Words.QUESTION, "The question's text is not disclosed.");
    receipt
        .word(Words.CONTEXT)
        .ifPresent(context -> page.append("Context:\n\n").append(block(context)).append('\n'));
  }

  private void outcome() {
    page.append("## Outcome\n\n");
    item("Outcome", value("/outcome/code"));
    receipt.verdict().ifPresent(won -> item("Verdict", inline(receipt.label(won)) + optionId(won)));
    JsonNode confidence = receipt.predicate().at("/outcome/confidence");
    if (confidence.has("value")) {
      item(
          "Confidence",
          "%s, at least %s with 95 percent certainty (%s)"
              .formatted(
                  text(confidence, "value"),
                  text(confidence, "lower_5pct"),
                  text(confidence, "calibration")));
    }
    item(
        "Rule",
        value("/rule/name")
            + ", quorum "
            + value("/rule/quorum")
            + " of "
            + receipt.list("panel").size());
    item(
        "Independence",
        value("/independence/n_eff") + " effective voices of " + value("/independence/n"));
    item("Oversight", value("/oversight/disposition"));
    page.append('\n');
  }

  private void options() {
    page.append("## Options\n\n");
    for (JsonNode option : receipt.list("options")) {
      String id = option.path("id").asText();
      page.append("- ").append(inline(receipt.label(id))).append(optionId(id)).append('\n');
    }
    page.append('\n');
  }

  private void panel() {
    page.append("## Panel and votes\n\n");
    for (JsonNode seat : receipt.list("panel")) {
      String name = seat.path("seat").asText();
      page.append("- **").append(inline(name)).append("** (");
      page.append(text(seat, "role_lens")).append("): ").append(text(seat, "model_actual"));
      page.append(" by ").append(text(seat, "family")).append("; ");
      String votes = votes(name);
      page.append(votes.isEmpty() ? "gave no valid ballot" : votes).append('\n');
    }
    page.append('\n');
  }

  private String votes(String seat) {
    return receipt.list("ballots").stream()
        .filter(ballot -> ballot.path("seat").asText().equals(seat))
        .map(ballot -> text(ballot, "phase") + ": " + choice(ballot))
        .collect(Collectors.joining(", "));
  }

  private String choice(JsonNode ballot) {
    if (ballot.path("abstain").asBoolean()) {
      return "abstained";
    }
    return StreamSupport.stream(ballot.path("ranking").spliterator(), false)
        .map(option -> inline(receipt.label(option.asText())))
        .collect(Collectors.joining(" then "));
  }

  private void dissent() {
    page.append("## Dissent\n\n");
    List<JsonNode> dissents = receipt.list("dissent");
    if (dissents.isEmpty()) {
      page.append("No seat dissented.\n\n");
    }
    for (int at = 0; at < dissents.size(); at++) {
      page.append(text(dissents.get(at), "seat")).append(" lost the vote and wrote:\n\n");
      words(Words.dissent(at), "The words are not disclosed.");
    }
  }

  private void synthesis() {
    receipt
        .word(Words.SYNTHESIS)
        .ifPresent(
            text -> {
              page.append("## Synthesis (editorial, written by a non-voting editor)\n\n");
              page.append(block(text)).append('\n');
            });
  }

  private void evidence() {
    if (receipt.list("evidence").isEmpty()) {
      return;
    }
    page.append("## Evidence\n\n");
    for (JsonNode item : receipt.list("evidence")) {
      page.append("- ").append(text(item, "id")).append(": ").append(text(item, "kind"));
      page.append(", ").append(text(item, "trust")).append(", SHA\\-256 `");
      page.append(item.path("sha256").asText()).append("`\n");
    }
    page.append('\n');
  }

  private void figures() {
    page.append("## Cost\n\n");
    item(
        "Spent",
        value("/cost/spent_micro")
            + " of at most "
            + value("/cost/cap_micro")
            + " micro\\-dollars");
    item("Model calls", value("/cost/calls"));
    if (!value("/cost/uncertain_calls").isEmpty()) {
      item(
          "Charged at the bound, use unknown",
          value("/cost/uncertain_calls")
              + " calls, "
              + value("/cost/uncertain_micro")
              + " micro\\-dollars");
    }
    page.append('\n');
  }

  private void proof() {
    page.append("## Proof\n\n");
    item("Receipt", "`" + receipt.id() + "`");
    item("Issued", value("/receipt/issued_at") + " by " + value("/receipt/issuer"));
    item("Payload SHA\\-256", "`" + payloadSha256 + "`");
    page.append("\nThis page is a copy for reading. The signed receipt is the JSON export: ");
    page.append("check it with `aragora receipt verify FILE`.\n");
  }

  private void words(String path, String otherwise) {
    page.append(receipt.word(path).map(PlainText::block).orElse(otherwise + "\n")).append('\n');
  }

  private void item(String name, String value) {
    page.append("- ").append(name).append(": ").append(value).append('\n');
  }

  private String value(String pointer) {
    JsonNode node = receipt.predicate().at(pointer);
    return inline(
        node.isObject() ? "absent (" + node.path("reason").asText() + ")" : node.asText());
  }

  private static String text(JsonNode node, String field) {
    return inline(node.path(field).asText());
  }

  private static String optionId(String id) {
    return " (" + inline(id) + ")";
  }
}
