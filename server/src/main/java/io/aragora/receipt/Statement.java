package io.aragora.receipt;

import static io.aragora.receipt.Commitments.absent;
import static io.aragora.receipt.Commitments.known;
import static io.aragora.receipt.Commitments.word;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.consensus.Confidence;
import io.aragora.consensus.ConsensusRule;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.crypto.Disclosures;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A decision as an in-toto statement: commitments where there were words, and no floats. */
final class Statement {
  static final String PREDICATE_TYPE = "urn:aragora-appliance:decision-receipt:v1";
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private final Decision decision;
  private final Commitments commitments;
  private final RecordBlocks record;
  private final ObjectNode tree;

  private Statement(Decision decision, Commitments commitments) {
    this.decision = decision;
    this.commitments = commitments;
    this.record = new RecordBlocks(decision, commitments);
    this.tree = statement();
  }

  /** The canonical bytes to sign, and the words they commit to. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Written(byte[] payload, List<Disclosure> disclosures) {
    Written {
      disclosures = List.copyOf(disclosures);
    }
  }

  /** What the appliance itself adds to a decision: identity, time, issuer, place in the chain. */
  record Heading(
      ReceiptId id,
      Instant issuedAt,
      String issuer,
      String deployment,
      @Nullable String previous) {}

  static Written write(Decision decision, Heading heading, Disclosures salted) {
    return new Statement(decision, new Commitments(salted)).under(heading);
  }

  /** All of a statement but its place in the chain. */
  static Statement of(Decision decision, Disclosures salted) {
    return new Statement(decision, new Commitments(salted));
  }

  /** The whole statement as it would stand under this heading. */
  JsonNode tree(Heading heading) {
    ((ObjectNode) tree.path("predicate")).set("receipt", record.receipt(heading));
    return tree;
  }

  /** Finishes the statement; cheap, because others wait for their place meanwhile. */
  Written under(Heading heading) {
    return new Written(CanonicalJson.bytes(tree(heading)), commitments.made());
  }

  private ObjectNode statement() {
    ObjectNode statement = Json.object();
    statement.put("_type", "https://in-toto.io/Statement/v1");
    statement
        .putArray("subject")
        .addObject()
        .put("name", "debate/" + decision.debate())
        .putObject("digest")
        .put("sha256", decision.terms().frameSha256());
    statement.put("predicateType", PREDICATE_TYPE);
    statement.set("predicate", predicate());
    return statement;
  }

  private ObjectNode predicate() {
    var votes = new VoteBlocks(decision, commitments);
    var counts = new CountBlocks(decision);
    ObjectNode predicate = Json.object();
    predicate.set("outcome", outcome());
    predicate.set("question", question());
    predicate.set("options", votes.options());
    predicate.set("rule", rule());
    predicate.set("panel", votes.panel());
    predicate.set("ballots", votes.ballots());
    predicate.set("tally", counts.tally());
    predicate.set("independence", counts.independence());
    predicate.set("integrity_signals", counts.signals());
    predicate.set("dissent", votes.dissent());
    predicate.set("synthesis", synthesis());
    predicate.set("evidence", record.evidence());
    predicate.set("cost", record.cost());
    predicate.set("oversight", record.oversight());
    predicate.set("transcript", record.transcript());
    predicate.set("build", record.build());
    return predicate;
  }

  private ObjectNode outcome() {
    var conclusion = decision.ending().conclusion();
    ObjectNode outcome = Json.object();
    outcome.put("code", conclusion.outcome().name());
    outcome.set("verdict", known(conclusion.verdict().orElse(null), "no option won"));
    outcome.put("action_class", decision.terms().stakes().name().toLowerCase(Locale.ROOT));
    outcome.set(
        "confidence",
        conclusion
            .confidence()
            .map(Statement::confidence)
            .orElseGet(() -> absent("only a standing verdict has a confidence")));
    return outcome;
  }

  private static JsonNode confidence(Confidence confidence) {
    return Json.object()
        .put("value", confidence.value().toString())
        .put("lower_5pct", confidence.lower5pct().toString())
        .put("method", confidence.method())
        .put("calibration", confidence.calibration());
  }

  private ObjectNode question() {
    Decision.Question asked = decision.question();
    ObjectNode question = Json.object();
    question.set("commitment", commitments.commit(Words.QUESTION, asked.text()));
    question.set(
        "context_commitment",
        commitments.commit(Words.CONTEXT, asked.context(), "no context was given"));
    question.set("language", word(asked.language(), "not stated"));
    question.set("domain", word(asked.domain(), "not stated"));
    question.set("risk_tier", word(asked.riskTier(), "not stated"));
    question.set("template", known(asked.template(), "not started from a template"));
    return question;
  }

  private ObjectNode rule() {
    Decision.Terms terms = decision.terms();
    ConsensusRule rule = terms.rule();
    ObjectNode block = Json.object();
    block.put("name", rule.name());
    block.set(
        "theta",
        known(rule.parameter().isEmpty() ? null : rule.parameter(), "the rule has no threshold"));
    block.put("quorum", terms.quorum());
    block.put("tie_break", rule.name().equals("copeland") ? "borda_in_smith_set" : "none");
    block.put("max_rounds", terms.maxRounds());
    block.put("engine_version", terms.engineVersion());
    block.put("seed", Long.toString(terms.seed()));
    block.put("rules_sha256", Sha256.of(CanonicalJson.bytes(block)).hex());
    return block;
  }

  private ObjectNode synthesis() {
    ObjectNode synthesis = Json.object().put("role", "editorial");
    synthesis.set(
        "text_commitment",
        commitments.commit(Words.SYNTHESIS, decision.synthesis(), "no synthesis was written"));
    return synthesis;
  }
}
