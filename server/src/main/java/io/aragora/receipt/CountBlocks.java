package io.aragora.receipt;

import static io.aragora.receipt.Commitments.absent;
import static io.aragora.receipt.Commitments.known;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.consensus.Conclusion;
import io.aragora.consensus.Findings;
import io.aragora.consensus.Independence;
import io.aragora.consensus.Seat;
import io.aragora.consensus.Signals;
import io.aragora.consensus.Signals.Flip;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The blocks of a receipt that hold what was counted, each of which a verifier counts again. */
final class CountBlocks {
  private static final String NOTHING_COUNTED = "the debate ended before ballots were counted";

  private final Decision decision;
  private final @Nullable Findings findings;

  CountBlocks(Decision decision) {
    this.decision = decision;
    this.findings = decision.ending().findings();
  }

  JsonNode tally() {
    return findings == null ? absent(NOTHING_COUNTED) : Json.toTree(findings.verdict().tally());
  }

  ObjectNode independence() {
    Independence measured = findings == null ? fromPanel() : findings.independence();
    ObjectNode block = Json.object();
    block.put("n", measured.seats());
    block.put("n_eff", measured.nEff().toString());
    block.put("rho_bar", measured.rhoBar().toString());
    block.put("rho_source", measured.source());
    VoteBlocks.texts(block, "families", measured.families());
    return block;
  }

  ObjectNode signals() {
    Signals seen = findings == null ? null : findings.signals();
    ObjectNode block = Json.object();
    block.set("h1", known(seen == null ? null : seen.h1(), NOTHING_COUNTED));
    block.set("h2", known(seen == null ? null : seen.h2(), NOTHING_COUNTED));
    block.set("h3", known(seen == null ? null : seen.h3(), NOTHING_COUNTED));
    block.set("h4", known(seen == null ? null : seen.h4(), NOTHING_COUNTED));
    block.set("h5", known(seen == null ? null : seen.h5(), NOTHING_COUNTED));
    block.set("hollow", known(seen == null ? null : seen.isHollow(), NOTHING_COUNTED));
    block.put("unsupported_flips", seen == null ? 0 : seen.unsupportedFlips());
    block.set("flips", flips(seen == null ? List.of() : seen.flips()));
    VoteBlocks.texts(
        block, "refused_ballots", findings == null ? List.of() : findings.refusedBallots());
    block.set("doubts", doubts());
    block.set("failed_seats", failedSeats());
    return block;
  }

  private static ArrayNode flips(List<Flip> flips) {
    ArrayNode list = VoteBlocks.array();
    for (Flip flip : flips) {
      list.addObject()
          .put("seat", flip.seat())
          .put("from", flip.from())
          .put("to", flip.to())
          .put("reason_type", wire(flip.reason()))
          .put("claim_id", flip.claimId())
          .put("supported", flip.isSupported());
    }
    return list;
  }

  private ArrayNode doubts() {
    ArrayNode list = VoteBlocks.array();
    if (decision.ending().conclusion() instanceof Conclusion.UnderReview review) {
      review.doubts().forEach(doubt -> list.add(wire(doubt)));
    }
    return list;
  }

  private ArrayNode failedSeats() {
    ArrayNode list = VoteBlocks.array();
    for (Decision.FailedSeat each : decision.ending().failedSeats()) {
      list.addObject().put("seat", each.seat()).put("reason", Commitments.cut(each.reason()));
    }
    return list;
  }

  private Independence fromPanel() {
    return Independence.of(
        decision.panel().stream()
            .filter(new Counting(decision)::isPanelist)
            .map(
                seat ->
                    new Seat(
                        seat.seat(),
                        seat.provider() + "/" + seat.modelRequested(),
                        seat.family(),
                        seat.vendor()))
            .toList());
  }

  static String wire(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
