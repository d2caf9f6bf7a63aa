package io.aragora.receipt;

import static io.aragora.receipt.Commitments.known;
import static io.aragora.receipt.Commitments.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.Locale;

/** The blocks of a receipt that say what was cited, what it cost, who answers for it, what ran. */
final class RecordBlocks {
  private final Decision decision;
  private final Commitments commitments;

  RecordBlocks(Decision decision, Commitments commitments) {
    this.decision = decision;
    this.commitments = commitments;
  }

  ArrayNode evidence() {
    ArrayNode list = VoteBlocks.array();
    for (Decision.Evidence item : decision.evidence()) {
      list.addObject()
          .put("id", item.id())
          .put("kind", item.kind())
          .put("sha256", item.sha256())
          .put("source_class", item.sourceClass())
          .put("checked", item.isChecked())
          .put("trust", item.trust());
    }
    return list;
  }

  ObjectNode cost() {
    Decision.Spending spending = decision.spending();
    ObjectNode cost = Json.object();
    if (spending.uncertain().calls() > 0) {
      cost.put("uncertain_calls", spending.uncertain().calls());
      cost.put("uncertain_micro", spending.uncertain().charged().micro());
    }
    return cost.put("cap_micro", spending.cap().micro())
        .put("held_micro", spending.held().micro())
        .put("spent_micro", spending.spent().micro())
        .put("currency", "USD")
        .put("price_table_sha256", spending.priceTableSha256())
        .put("calls", spending.calls())
        .put("input_tokens", spending.tokens().input())
        .put("output_tokens", spending.tokens().output());
  }

  ObjectNode oversight() {
    Decision.Oversight oversight = decision.oversight();
    String nobody = "no human attested";
    ObjectNode block = Json.object();
    block.put("disposition", oversight.disposition().name().toLowerCase(Locale.ROOT));
    block.set(
        "attestor_commitment", commitments.commit(Words.ATTESTOR, oversight.attestor(), nobody));
    block.set("role", known(oversight.role(), nobody));
    block.set("at", known(oversight.at(), nobody));
    block.set("method", known(oversight.method(), nobody));
    return block;
  }

  ObjectNode transcript() {
    Decision.Transcript transcript = decision.transcript();
    ObjectNode block = Json.object();
    block.put("event_count", transcript.eventCount());
    block.set("merkle_root", known(transcript.merkleRoot(), "events are chained, not in a tree"));
    block.put("head_hash", transcript.headHash());
    block.set("retention_until", known(transcript.retentionUntil(), "no retention limit is set"));
    return block;
  }

  ObjectNode build() {
    Decision.Build build = decision.build();
    ObjectNode block = Json.object();
    block.put("version", build.version());
    block.set("git_sha", known(build.gitSha(), "not recorded in this build"));
    block.set("sbom_sha256", known(build.sbomSha256(), "not recorded in this build"));
    block.set("image_digest", known(build.imageDigest(), "does not run from an image"));
    return block;
  }

  ObjectNode receipt(Statement.Heading heading) {
    ObjectNode block = Json.object();
    block.put("id", heading.id().toString());
    block.put("schema", "decision-receipt/v1");
    block.set("issued_at", time(heading.issuedAt()));
    block.put("issuer", heading.issuer());
    block.put("deployment", heading.deployment());
    block.put("prev", heading.previous());
    block.put("rehearsal", decision.isRehearsal());
    return block;
  }
}
