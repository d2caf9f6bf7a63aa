package io.aragora.drill.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.Rig;
import io.aragora.testing.ModelStub;
import io.aragora.testing.ModelStub.Misbehaviour;
import io.aragora.testing.PanelAnswers;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model server that fails in every way one was seen to fail; each debate still ends, priced. */
public final class MisbehaveDrill implements Drill {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  /** What a caller can live with: the seats answer as if nothing were wrong. */
  private static final Set<Misbehaviour> HARMLESS =
      EnumSet.of(
          Misbehaviour.NONE,
          Misbehaviour.NO_USAGE,
          Misbehaviour.NO_STRUCTURED_OUTPUT,
          Misbehaviour.NOT_STREAMING);

  @Override
  public String name() {
    return "misbehave";
  }

  @Override
  public String about() {
    return "the model server answers nonsense, nothing, too much or never; seats fail, debates end";
  }

  @Override
  public Map<String, String> options() {
    return Map.of("silence", "seconds a call may last before it fails; 3 unless told");
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    List<Misbehaviour> ways =
        Stream.generate(() -> List.of(Misbehaviour.values()))
            .limit(plan.count())
            .flatMap(List::stream)
            .collect(Collectors.toList());
    Collections.shuffle(ways, new Random(plan.seed()));
    try (var rig = Rig.open(plan.seed());
        var stub = new ModelStub().answering(PanelAnswers.agreeing())) {
      var node =
          rig.start(
              "node-1",
              NodeOptions.usual()
                  .setting("ARAGORA_OPENAI_URL", stub.baseUrl().toString())
                  .setting("ARAGORA_EGRESS_ALLOW", stub.origin().toString())
                  .setting("ARAGORA_OPENAI_MODELS", String.join(",", models()))
                  .setting("ARAGORA_CALL_SECONDS", "" + plan.number("silence", 3)));
      var visitor = new Visitor(node, rig.key().secret());
      var ends = new Ends(rig.database());
      var report = new DrillReport().figure("misbehaviours", ways.size());
      var outcomes = new TreeMap<String, Integer>();
      for (Misbehaviour how : ways) {
        stub.misbehaving(how);
        UUID debate = visitor.open(brief(how), LONGEST).orElseThrow();
        JsonNode view = visitor.ended(debate, LONGEST);
        String outcome = view.path("outcome").asText("none");
        outcomes.merge(outcome, 1, Integer::sum);
        plan.say("%-22s %-20s %s".formatted(how, outcome, ends.failures(debate)));
        report
            .demand(view.has("receipt_id"), "end " + how, "the debate does not end: " + view)
            .demand(
                ends.failures(debate).isEmpty() == HARMLESS.contains(how),
                "seats " + how,
                "the seats failed with " + ends.failures(debate))
            .demand(ends.failuresAreTyped(debate), "typed " + how, ends.failures(debate).toString())
            .demand(
                how != Misbehaviour.NO_USAGE || ends.unknown(debate) > 0,
                "unknown " + how,
                "usage nobody told is not booked as such")
            .demand(
                ends.unknownIsAtTheBound(debate),
                "bound " + how,
                "unknown usage is not at the bound");
      }
      return report
          .figure("outcomes", outcomes)
          .figure("node_threads", Threads.of(node.pid()))
          .demand(Threads.of(node.pid()) < 200, "threads", "threads pile up")
          .findings(ends.invariants(rig), List.of());
    }
  }

  /** A model of its own for each, or the breaker of the last one would answer for it. */
  private static List<String> models() {
    return Stream.of(Misbehaviour.values()).map(MisbehaveDrill::model).toList();
  }

  private static String model(Misbehaviour how) {
    return "stub-" + how.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String brief(Misbehaviour how) {
    return """
        {"question": "Which way?", "panel": [{"model": "openai/%1$s"}, {"model": "openai/%1$s"}]}
        """
        .formatted(model(how));
  }
}
