package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.TreeSet;

/** A receipt projected onto the Open Decision Receipt profile v0.2, not yet signed. */
final class OdrDocument {
  static final String VERSION = "0.2";

  private static final String PROFILE = "https://aragora.ai/specs/open-decision-receipt/v0.2";
  private static final String REHEARSAL = "REHEARSAL (simulated panel, not a decision): ";

  private final ReceiptContent receipt;
  private final String payloadSha256;

  OdrDocument(ReceiptContent receipt, String payloadSha256) {
    this.receipt = receipt;
    this.payloadSha256 = payloadSha256;
  }

  ObjectNode unsigned() {
    ObjectNode odr = Json.object();
    odr.put("odr_version", VERSION);
    odr.put("profile", PROFILE);
    odr.put("receipt_id", receipt.id());
    odr.set("issued_at", receipt.predicate().at("/receipt/issued_at"));
    odr.set("subject", subject());
    odr.set("claim", claim());
    odr.set("reasoning", reasoning());
    odr.set("quorum", quorum());
    odr.set("confidence", confidence());
    odr.set("cruxes", absent("no crux set is computed for this decision"));
    odr.set("attestation", attestation());
    odr.putObject("routing").put("status", "reserved");
    odr.set("source", source());
    return odr;
  }

  private ObjectNode subject() {
    ObjectNode subject = Json.object();
    JsonNode first = receipt.statement().path("subject").path(0);
    subject.set("identifier", first.path("name"));
    subject
        .putObject("digest")
        .put("status", "present")
        .put("alg", "sha-256")
        .put("value", first.at("/digest/sha256").asText());
    receipt.word(Words.QUESTION).ifPresent(text -> subject.put("summary", marked(text)));
    return subject;
  }

  private ObjectNode claim() {
    ObjectNode claim = Json.object();
    String code = receipt.text("/outcome/code").orElseThrow();
    claim.put("verdict", receipt.verdict().map(receipt::label).orElse(code));
    receipt
        .word(Words.QUESTION)
        .ifPresentOrElse(
            text -> claim.put("statement", marked(text)),
            () -> claim.set("statement", absent("the question's text is not disclosed")));
    return claim;
  }

  private ObjectNode reasoning() {
    var words = receipt.word(Words.SYNTHESIS);
    if (words.isEmpty()) {
      return absent("no synthesis text is disclosed for this decision");
    }
    ObjectNode reasoning = Json.object();
    reasoning
        .put("status", "present")
        .put("summary", marked("Editorial synthesis: " + words.get()));
    ArrayNode observations = reasoning.putArray("observations");
    for (JsonNode failed : receipt.predicate().at("/integrity_signals/failed_seats")) {
      String reason = failed.path("reason").asText();
      observations
          .addObject()
          .put("kind", reason.contains("time") ? "timeout" : "failure")
          .put("family", family(failed.path("seat").asText()))
          .put("detail", failed.path("seat").asText() + ": " + reason);
    }
    return reasoning;
  }

  private ObjectNode quorum() {
    ObjectNode quorum = Json.object();
    quorum.put("status", "present");
    quorum.put("method", receipt.text("/rule/name").orElseThrow());
    quorum.put("reached", receipt.verdict().isPresent());
    ArrayNode supporting = quorum.putArray("supporting_agents");
    receipt.supporters().forEach(supporting::add);
    ArrayNode participants = quorum.putArray("participants");
    for (JsonNode seat : receipt.list("panel")) {
      participants
          .addObject()
          .put("agent", seat.path("seat").asText())
          .put("model_family", seat.path("family").asText())
          .put("model_id", seat.path("model_actual").asText());
    }
    quorum.set("independence", independence());
    quorum.set("dissent", dissent());
    return quorum;
  }

  private ObjectNode independence() {
    var families = new TreeSet<String>();
    receipt.list("panel").forEach(seat -> families.add(seat.path("family").asText()));
    ObjectNode independence = Json.object();
    independence.put("disclosed", true);
    independence.put("distinct_model_families", families.size());
    families.forEach(independence.putArray("model_families")::add);
    receipt
        .text("/independence/n_eff")
        .ifPresent(size -> independence.put("note", "effective independent voices: " + size));
    return independence;
  }

  private ObjectNode dissent() {
    List<JsonNode> dissents = receipt.list("dissent");
    ObjectNode block = Json.object();
    block.put("present", !dissents.isEmpty());
    ArrayNode agents = block.putArray("dissenting_agents");
    ArrayNode views = block.putArray("views");
    for (int at = 0; at < dissents.size(); at++) {
      String seat = dissents.get(at).path("seat").asText();
      agents.add(seat);
      receipt.word(Words.dissent(at)).ifPresent(text -> views.add(seat + ": " + text));
    }
    return block;
  }

  private ObjectNode confidence() {
    var value = receipt.text("/outcome/confidence/value");
    if (value.isEmpty()) {
      return absent("confidence is only given where a verdict was reached");
    }
    ObjectNode confidence = Json.object();
    confidence.put("status", "present").put("value", Double.parseDouble(value.get()));
    confidence.put("scale", "unit_interval");
    confidence.set("calibration", absent("uncalibrated: too few recorded outcomes"));
    return confidence;
  }

  /** The attestor's name where it is disclosed, else the commitment that stands for it. */
  private ObjectNode attestation() {
    ObjectNode attestation = Json.object();
    JsonNode oversight = receipt.predicate().path("oversight");
    if (oversight.path("disposition").asText().equals("autonomous")) {
      return attestation.put("disposition", "autonomous");
    }
    attestation.put("disposition", "human_attested");
    attestation
        .putObject("attestor")
        .put("id", oversight.path("attestor_commitment").asText())
        .put("name", receipt.word(Words.ATTESTOR).orElse("not disclosed"))
        .put("role", oversight.path("role").asText());
    receipt.text("/oversight/at").ifPresent(at -> attestation.put("attested_at", at));
    receipt.text("/oversight/method").ifPresent(method -> attestation.put("method", method));
    attestation.putObject("execution_identity").put("id", "aragora-appliance");
    return attestation;
  }

  private ObjectNode source() {
    return Json.object()
        .put("system", "aragora-appliance")
        .put("schema", receipt.statement().path("predicateType").asText())
        .put("schema_version", "1")
        .put("receipt_id", receipt.id())
        .put("artifact_hash", payloadSha256);
  }

  private String family(String seat) {
    return receipt.list("panel").stream()
        .filter(each -> each.path("seat").asText().equals(seat))
        .map(each -> each.path("family").asText())
        .findFirst()
        .orElse("undisclosed");
  }

  private String marked(String text) {
    return receipt.isRehearsal() ? REHEARSAL + text : text;
  }

  private static ObjectNode absent(String reason) {
    return Json.object().put("status", "absent").put("reason", reason);
  }
}
