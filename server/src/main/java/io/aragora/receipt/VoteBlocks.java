package io.aragora.receipt;

import static io.aragora.receipt.Commitments.absent;
import static io.aragora.receipt.Commitments.known;
import static io.aragora.receipt.Commitments.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.consensus.Findings;
import io.aragora.platform.json.Json;
import java.math.BigDecimal;
import java.util.List;

/** The blocks of a receipt that say who sat on the panel and how each voted. */
final class VoteBlocks {
  private final Decision decision;
  private final Commitments commitments;
  private final Counting counting;

  VoteBlocks(Decision decision, Commitments commitments) {
    this.decision = decision;
    this.commitments = commitments;
    this.counting = new Counting(decision);
  }

  ArrayNode options() {
    ArrayNode options = array();
    for (Decision.Choice option : decision.options()) {
      String label = Words.label(options.size());
      options
          .addObject()
          .put("id", option.id())
          .set("label_commitment", commitments.commit(label, option.label()));
    }
    return options;
  }

  ArrayNode panel() {
    ArrayNode panel = array();
    for (Decision.Seat seat : decision.panel()) {
      String actual = seat.modelActual();
      ObjectNode block = panel.addObject();
      block
          .put("seat", seat.seat())
          .put("role_lens", Commitments.cut(seat.lens()))
          .put("votes", counting.isVoter(seat))
          .put("family", seat.family())
          .put("vendor", seat.vendor())
          .put("provider", seat.provider())
          .put("model_requested", seat.modelRequested())
          .put(
              "model_actual",
              actual == null || actual.isBlank() ? "undisclosed" : Commitments.cut(actual))
          .put("params_sha256", seat.paramsSha256())
          .put("prompt_sha256", seat.promptSha256())
          .put("weight", decimal(counting.weight(seat.seat())));
      block.set("own_draft", known(counting.ownDraft(seat.seat()), "drafts were not candidates"));
    }
    return panel;
  }

  ArrayNode ballots() {
    ArrayNode ballots = array();
    for (Decision.Vote vote : decision.votes()) {
      ballots.add(ballot(vote, Words.reason(ballots.size())));
    }
    return ballots;
  }

  ArrayNode dissent() {
    ArrayNode dissents = array();
    for (Decision.Dissent dissent : decision.dissents()) {
      String text = Words.dissent(dissents.size());
      ObjectNode block = dissents.addObject().put("seat", dissent.seat());
      block.set("text_commitment", commitments.commit(text, dissent.text()));
      block.set("severity", known(dissent.severity(), "not graded"));
    }
    silentDissenters().forEach(seat -> silent(dissents.addObject(), seat));
    return dissents;
  }

  /** Seats that lost and wrote nothing: their dissent is a fact all the same. */
  private List<String> silentDissenters() {
    Findings findings = decision.ending().findings();
    List<String> wrote = decision.dissents().stream().map(Decision.Dissent::seat).toList();
    return findings == null
        ? List.of()
        : findings.dissenters().stream().filter(seat -> !wrote.contains(seat)).toList();
  }

  private static void silent(ObjectNode block, String seat) {
    block.put("seat", seat);
    block.set("text_commitment", absent("the seat wrote no dissent"));
    block.set("severity", absent("not graded"));
  }

  private ObjectNode ballot(Decision.Vote vote, String reason) {
    ObjectNode ballot = Json.object();
    ballot.put("seat", vote.seat()).put("phase", CountBlocks.wire(vote.phase()));
    List<String> ranking = counting.ranking(vote);
    texts(ballot, "ranking", ranking);
    ballot.put("acceptable", counting.acceptable(vote));
    ballot.put("weight", decimal(counting.weight(vote.seat())));
    ballot.put("abstain", ranking.isEmpty());
    ballot.put("counted", counting.counts(vote));
    ballot.put("changed", counting.isChanged(vote));
    ballot.put("reason_type", CountBlocks.wire(vote.reasonType()));
    texts(ballot, "evidence_ids", vote.evidenceIds());
    ballot.set(
        "content_commitment", commitments.commit(reason, vote.reason(), "the seat gave no reason"));
    ballot.set("received_at", time(vote.receivedAt()));
    return ballot;
  }

  /** Millionths as a decimal text: 1500000 is "1.5". */
  private static String decimal(long micro) {
    return BigDecimal.valueOf(micro, 6).stripTrailingZeros().toPlainString();
  }

  static void texts(ObjectNode block, String name, List<String> values) {
    ArrayNode list = block.putArray(name);
    values.forEach(list::add);
  }

  static ArrayNode array() {
    return Json.object().arrayNode();
  }
}
