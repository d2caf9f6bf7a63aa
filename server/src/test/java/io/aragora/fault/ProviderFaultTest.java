package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.consensus.Outcome;
import io.aragora.testing.ModelStub.Misbehaviour;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole debate with each of its calls to a model failing in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderFaultTest {
  /** Drafts, challenges and ballots of three seats, and the editor's words. */
  private static final int CALLS = 10;

  private static final boolean FULL = Boolean.getBoolean("aragora.full");
  private static final Set<Misbehaviour> UNPRICED =
      EnumSet.of(
          Misbehaviour.SILENCE,
          Misbehaviour.SILENCE_MIDWAY,
          Misbehaviour.HALF_STREAM,
          Misbehaviour.NO_USAGE);

  private World world;
  private Invariants invariants;

  @BeforeAll
  void start() {
    world = new World(Map.of("ARAGORA_CALL_SECONDS", "1"));
    invariants = new Invariants(world.superuser());
  }

  @AfterAll
  void stop() {
    world.close();
  }

  /** All the ways there are at each call in the nightly run; else one call in each way. */
  private List<Spoiled> calls() {
    return Arrays.stream(Misbehaviour.values())
        .filter(how -> how != Misbehaviour.NONE)
        .flatMap(how -> nths(how).stream().map(nth -> new Spoiled(nth, how)))
        .toList();
  }

  private record Spoiled(int nth, Misbehaviour how) {}

  private static List<Integer> nths(Misbehaviour how) {
    int one = 1 + (int) Math.floorMod(how.ordinal() + Shot.SEED, (long) CALLS);
    return FULL ? IntStream.rangeClosed(1, CALLS).boxed().toList() : List.of(one);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void endsTypedAndBookedWhicheverCallFails(Spoiled spoiled) {
    world.stub().misbehavingAt(spoiled.nth(), spoiled.how());
    JsonNode debate = world.client().decide("{\"question\": \"Which way?\"}");
    UUID id = UUID.fromString(debate.path("id").asText());
    assertThat(debate.path("outcome").asText()).isIn(names());
    assertThat(invariants.broken(id)).isEmpty();
    assertThat(invariants.broken()).isEmpty();
    if (UNPRICED.contains(spoiled.how())) {
      assertThat(invariants.ambiguous(id)).as("charged at the bound").isPositive();
    }
  }

  @Test
  void endsTypedWhenTheProviderIsGoneAfterAnyNumberOfCalls() {
    for (int answered : FULL ? List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) : List.of(0, 4, 7)) {
      try (var own = new World(Map.of("ARAGORA_CALL_SECONDS", "1"))) {
        own.stub().goneAfter(answered);
        JsonNode debate = own.client().decide("{\"question\": \"Which way?\"}");
        assertThat(debate.path("outcome").asText()).as("after %d", answered).isIn(names());
        assertThat(
                new Invariants(own.superuser()).broken(UUID.fromString(debate.path("id").asText())))
            .as("after %d", answered)
            .isEmpty();
      }
    }
  }

  private static List<String> names() {
    return Arrays.stream(Outcome.values()).map(Outcome::name).toList();
  }
}
