package io.aragora.provider.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A seat's final ballot, and the reason it gives for it. */
final class Vote {
  private final Material material;
  private final Opinion opinion;
  private final String own;

  Vote(Material material, Opinion opinion, String own) {
    this.material = material;
    this.opinion = opinion;
    this.own = own;
  }

  String written() {
    if (!opinion.isInformed()) {
      return answer(List.of(), "none", "", "The material holds no reason for or against.");
    }
    List<String> ranking = opinion.ranking();
    String best = ranking.getFirst();
    if (best.equals(own)) {
      return answer(ranking, "none", "", "I stay with it: " + strongest(best));
    }
    boolean mayStay = ranking.contains(own);
    Optional<Material.Claim> reason = convincing(best);
    if (reason.isEmpty() && mayStay) {
      return answer(first(own, ranking), "none", "", "No claim was strong enough to move me.");
    }
    return reason
        .map(
            claim ->
                answer(
                    ranking,
                    claim.quotes().isEmpty() ? "counterexample" : "evidence",
                    claim.id(),
                    "This claim moved me: " + claim.text()))
        .orElseGet(() -> answer(ranking, "none", "", "Of the others' drafts: " + strongest(best)));
  }

  /** The claim that does most for an option, if it holds what it quotes. */
  private Optional<Material.Claim> convincing(String option) {
    return material.claims().stream()
        .filter(claim -> claim.quotes().stream().allMatch(material::holds))
        .filter(claim -> opinion.effect(Rehearsal.asSentence(claim), option) > 0)
        .max(
            Comparator.comparingDouble(
                claim -> opinion.effect(Rehearsal.asSentence(claim), option)));
  }

  private String strongest(String option) {
    return opinion.speakingFor(option, material.sentences()).stream()
        .findFirst()
        .map(weighed -> weighed.sentence().text())
        .orElse("the others have less that speaks for them.");
  }

  private static List<String> first(String option, List<String> ranking) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(option),
            ranking.stream().filter(each -> !each.equals(option)))
        .toList();
  }

  private String answer(List<String> ranking, String reasonType, String claim, String reason) {
    ObjectNode answer = Json.object();
    answer.set("ranking", Json.toTree(ranking));
    int acceptable = (int) ranking.stream().filter(id -> opinion.score(id) > 0).count();
    return answer
        .put("abstain", ranking.isEmpty())
        .put("acceptable", ranking.isEmpty() ? 0 : Math.max(1, acceptable))
        .put("changed", !ranking.isEmpty() && !ranking.getFirst().equals(own))
        .put("reason_type", reasonType)
        .put("claim", claim)
        .put("reason", Rehearsal.shortened(reason, 700))
        .toString();
  }
}
