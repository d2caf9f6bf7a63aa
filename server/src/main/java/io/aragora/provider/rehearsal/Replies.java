package io.aragora.provider.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.Comparator;
import java.util.Optional;

/** How a seat answers others' claims, holding its own choice. */
final class Replies {
  private final Material material;
  private final Opinion opinion;
  private final String own;

  Replies(Material material, Opinion opinion, String own) {
    this.material = material;
    this.opinion = opinion;
    this.own = own;
  }

  ObjectNode to(Material.Claim claim) {
    Optional<Material.Quote> invented =
        claim.quotes().stream().filter(quote -> !material.holds(quote)).findFirst();
    if (invented.isPresent()) {
      return reply(claim, "reject", "rule", "The quoted words do not stand in the evidence.");
    }
    Sentence said = Rehearsal.asSentence(claim);
    double effect = opinion.effect(said, own);
    if (said.polarity() == 0) {
      return reply(claim, "unsure", "none", "It does not say which way it points.");
    }
    return effect >= 0 ? accepted(claim) : answered(claim, said, -effect);
  }

  private ObjectNode accepted(Material.Claim claim) {
    if (claim.quotes().isEmpty()) {
      return reply(claim, "accept", "none", "Nothing in the material speaks against it.");
    }
    Material.Quote quote = claim.quotes().getFirst();
    ObjectNode reply =
        reply(claim, "accept", "evidence", "The quoted words stand in the evidence.");
    return cite(reply, quote.id(), quote.text());
  }

  /** Against one's own choice: answered by a stronger sentence on the subject, or conceded. */
  private ObjectNode answered(Material.Claim claim, Sentence said, double strength) {
    Optional<Opinion.Weighed> counter =
        opinion.speakingFor(own, material.sentences()).stream()
            .max(
                Comparator.comparingDouble(
                    weighed -> weighed.effect() + weighed.sentence().sharedWith(said)));
    if (counter.isEmpty()) {
      return claim.quotes().isEmpty()
          ? reply(claim, "unsure", "none", "I know nothing against it, and nothing for it.")
          : accepted(claim);
    }
    Sentence against = counter.get().sentence();
    if (counter.get().effect() < strength) {
      return reply(
          claim, "unsure", "none", "It outweighs what I know against it: " + against.text());
    }
    ObjectNode reply =
        reply(claim, "reject", "counterexample", "Against it stands: " + against.text());
    return against.isAttached() ? cite(reply, against.source(), against.text()) : reply;
  }

  private static ObjectNode reply(
      Material.Claim claim, String stance, String reasonType, String text) {
    return Json.object()
        .put("claim", claim.id())
        .put("stance", stance)
        .put("reason_type", reasonType)
        .put("text", Rehearsal.shortened(text, 390));
  }

  private static ObjectNode cite(ObjectNode reply, String id, String quote) {
    reply.putObject("evidence").put("id", id).put("quote", quote);
    return reply;
  }
}
