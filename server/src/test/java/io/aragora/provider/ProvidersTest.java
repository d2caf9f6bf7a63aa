package io.aragora.provider;

import static io.aragora.testing.ModelStub.Misbehaviour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressPolicy;
import io.aragora.testing.ModelStub;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, repairs, breaks off and reports, whatever the model server does. */
final class ProvidersTest {
  private static final String MODEL = "local/stub-1";
  private static final String GOOD = "{\"answer\": \"yes\"}";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);

  private final ModelStub stub = new ModelStub().answering(request -> GOOD);
  private final Egress egress = new Egress(EgressPolicy.allowing(Set.of(stub.origin())));
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private final List<Duration> rests = new ArrayList<>();
  private final Providers providers =
      new Providers(
          List.of(local(stub.baseUrl(), new Price(3, 7))),
          egress,
          now::get,
          new Random(1),
          rests::add);

  private static ProviderConfig local(URI base, Price price) {
    return new ProviderConfig(
        "local",
        ProviderKind.OPENAI_COMPATIBLE,
        base,
        null,
        List.of(new ModelConfig("stub-1", null, null, price, 0)));
  }

  @AfterEach
  void stop() {
    egress.close();
    stub.close();
  }

  private Answer ask() {
    return ask(LONG);
  }

  private Answer ask(Duration time) {
    return providers.ask(
        Asks.with(UUID.randomUUID(), MODEL, Asks.MATERIAL, Asks.SCHEMA),
        Deadline.in(time),
        TokenSink.NOWHERE);
  }

  private ProviderFailure failure(Misbehaviour how, Duration time) {
    stub.misbehaving(how);
    return catchThrowableOfType(ProviderFailure.class, () -> ask(time));
  }

  @Test
  void reportsOneAttemptWithItsUsageAndActualModel() {
    Answer answer = ask();
    assertThat(answer.text()).isEqualTo(GOOD);
    assertThat(answer.attempts()).hasSize(1);
    Attempt attempt = answer.attempts().getFirst();
    assertThat(attempt.failed()).isEmpty();
    assertThat(attempt.usage()).isEqualTo(Usage.of(21, 7));
    assertThat(attempt.modelActual()).isEqualTo(ModelStub.ACTUAL_MODEL);
    assertThat(attempt.mayBeBilled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HTML_WITH_200, NOT_A_MODEL_ANSWER, 1, true",
    "NOT_HTTP, NOT_A_MODEL_ANSWER, 1, true",
    "NOTHING, TRUNCATED, 1, true",
    "HALF_STREAM, TRUNCATED, 1, true",
    "NO_FINISH_REASON, TRUNCATED, 1, true",
    "TEN_MEGABYTES, TOO_LARGE, 1, true",
    "ONE_ENDLESS_LINE, TOO_LARGE, 1, true",
    "INVALID_UTF8, BAD_ENCODING, 1, true",
    "EMPTY_ANSWER, EMPTY, 1, true",
    "LENGTH_REACHED, TRUNCATED, 1, true",
    "FILTERED, REFUSED, 1, true",
    "ERROR_IN_STREAM, UNAVAILABLE, 1, true",
    "DUPLICATED_CHUNKS, SCHEMA, 2, true",
    "NAN, SCHEMA, 2, true",
    "DUPLICATE_KEYS, SCHEMA, 2, true",
    "INFINITE_NUMBER, SCHEMA, 2, true",
    "RATE_LIMITED, RATE_LIMITED, 4, false",
    "UNAVAILABLE, UNAVAILABLE, 4, false",
    "UNAUTHORIZED, AUTH, 1, false",
    "NO_SUCH_MODEL, REFUSED, 1, false",
    "REDIRECT, NOT_A_MODEL_ANSWER, 1, false"
  })
  void turnsEveryMisbehaviourIntoATypedFailure(
      Misbehaviour how, ProviderFailure.Kind kind, int attempts, boolean billed) {
    ProviderFailure failure = failure(how, LONG);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.attempts()).hasSize(attempts);
    assertThat(failure.mayBeBilled()).isEqualTo(billed);
    assertThat(stub.count()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {"SILENCE", "SILENCE_MIDWAY"})
  void waitsNoLongerThanTheDeadline(Misbehaviour how) {
    long start = System.nanoTime();
    ProviderFailure failure = failure(how, SHORT);
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.TIMEOUT);
    assertThat(failure.attempts().getFirst().usage()).isEqualTo(Usage.UNKNOWN);
    assertThat(failure.mayBeBilled()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void callsUsageUnknownIfNobodyTellsIt() {
    stub.misbehaving(Misbehaviour.NO_USAGE);
    assertThat(ask().usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void triesAgainAfterALimitAndWaitsAsToldInSeconds() {
    stub.misbehaving(Misbehaviour.RATE_LIMITED, 2).retryAfter("3");
    Answer answer = ask();
    assertThat(answer.attempts()).hasSize(3);
    assertThat(answer.attempts().getFirst().failed()).contains(ProviderFailure.Kind.RATE_LIMITED);
    assertThat(rests).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
    assertThat(stub.calls().values()).containsExactly(3);
  }

  @Test
  void waitsUntilTheDateItIsTold() {
    stub.misbehaving(Misbehaviour.RATE_LIMITED, 1).retryAfter("Mon, 23 Nov 2026 10:00:05 GMT");
    ask();
    assertThat(rests).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void doesNotWaitBeyondTheDeadline() {
    stub.misbehaving(Misbehaviour.RATE_LIMITED).retryAfter("60");
    ProviderFailure failure = catchThrowableOfType(ProviderFailure.class, this::ask);
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.RATE_LIMITED);
    assertThat(failure.attempts()).hasSize(1);
    assertThat(rests).isEmpty();
  }

  @Test
  void waitsARandomPartOfADoublingTime() {
    failure(Misbehaviour.UNAVAILABLE, LONG);
    assertThat(rests).hasSize(3);
    assertThat(rests.get(0)).isLessThanOrEqualTo(Duration.ofMillis(250));
    assertThat(rests.get(1)).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(rests.get(2)).isLessThanOrEqualTo(Duration.ofMillis(1000));
  }

  @Test
  void asksOnceMoreWithTheFaultsWhenTheAnswerBreaksItsSchema() {
    stub.answering(request -> request.path("messages").size() == 2 ? "{\"answer\": 5}" : GOOD);
    List<String> told = new ArrayList<>();
    TokenSink sink =
        new TokenSink() {
          @Override
          public void text(String piece) {
            told.add(piece);
          }

          @Override
          public void restart() {
            told.clear();
          }
        };
    Answer answer =
        providers.ask(
            Asks.with(UUID.randomUUID(), MODEL, Asks.MATERIAL, Asks.SCHEMA),
            Deadline.in(LONG),
            sink);
    assertThat(answer.text()).isEqualTo(GOOD);
    assertThat(String.join("", told)).isEqualTo(GOOD);
    assertThat(answer.attempts()).hasSize(2);
    assertThat(answer.attempts().getFirst().failed()).contains(ProviderFailure.Kind.SCHEMA);
    assertThat(answer.attempts().getFirst().usage()).isEqualTo(Usage.of(21, 7));
    var repair = stub.requests().getLast().path("messages");
    assertThat(repair.path(2).path("content").asText()).isEqualTo("{\"answer\": 5}");
    assertThat(repair.path(3).path("content").asText()).contains("string expected");
  }

  @Test
  void givesUpStructureForAServerThatDoesNotKnowItAndRemembers() {
    stub.misbehaving(Misbehaviour.NO_STRUCTURED_OUTPUT);
    Answer first = ask();
    assertThat(first.text()).isEqualTo(GOOD);
    assertThat(first.attempts()).hasSize(3);
    assertThat(first.attempts().getFirst().mayBeBilled()).isFalse();
    assertThat(ask().attempts()).hasSize(1);
    assertThat(stub.requests().getLast().path("messages").path(0).path("content").asText())
        .contains("JSON Schema");
  }

  @Test
  void stopsAskingAModelThatFailsAndProbesItOnceLater() {
    for (int i = 0; i < Providers.FAILURES_TO_OPEN; i++) {
      failure(Misbehaviour.NOTHING, LONG);
    }
    int asked = stub.count();
    ProviderFailure open = catchThrowableOfType(ProviderFailure.class, this::ask);
    assertThat(open.kind()).isEqualTo(ProviderFailure.Kind.BREAKER_OPEN);
    assertThat(open.attempts()).isEmpty();
    assertThat(open.mayBeBilled()).isFalse();
    assertThat(stub.count()).isEqualTo(asked);

    now.updateAndGet(time -> time.plus(Providers.OPEN).plusSeconds(1));
    assertThat(failure(Misbehaviour.NOTHING, LONG).kind())
        .isEqualTo(ProviderFailure.Kind.TRUNCATED);
    assertThat(catchThrowableOfType(ProviderFailure.class, this::ask).kind())
        .isEqualTo(ProviderFailure.Kind.BREAKER_OPEN);

    now.updateAndGet(time -> time.plus(Providers.OPEN).plusSeconds(1));
    stub.misbehaving(Misbehaviour.NONE);
    assertThat(ask().text()).isEqualTo(GOOD);
    assertThat(ask().text()).isEqualTo(GOOD);
  }

  @Test
  void sendsOneProbeAtATimeWhileItIsNotSure() throws Exception {
    for (int i = 0; i < Providers.FAILURES_TO_OPEN; i++) {
      failure(Misbehaviour.NOTHING, LONG);
    }
    now.updateAndGet(time -> time.plus(Providers.OPEN).plusSeconds(1));
    int before = stub.count();
    stub.misbehaving(Misbehaviour.SILENCE);
    AtomicReference<ProviderFailure> probed = new AtomicReference<>();
    Thread probe =
        Thread.ofVirtual()
            .start(() -> probed.set(catchThrowableOfType(ProviderFailure.class, this::ask)));
    Awaitility.await().until(() -> stub.count() > before);
    assertThat(catchThrowableOfType(ProviderFailure.class, this::ask).kind())
        .isEqualTo(ProviderFailure.Kind.BREAKER_OPEN);
    probe.interrupt();
    probe.join();
    assertThat(probed.get().kind()).isEqualTo(ProviderFailure.Kind.TIMEOUT);
    assertThat(stub.count()).isEqualTo(before + 1);
  }

  @Test
  void saysNothingWasAskedWhenNobodyListens() {
    stub.close();
    ProviderFailure failure = catchThrowableOfType(ProviderFailure.class, this::ask);
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.UNREACHABLE);
    assertThat(failure.mayBeBilled()).isFalse();
  }

  @Test
  void reachesNoAddressTheOperatorDidNotAllow() {
    Providers inside =
        new Providers(
            List.of(local(URI.create("http://10.0.0.1/v1"), Price.FREE)),
            egress,
            now::get,
            new Random(1),
            rests::add);
    ProviderFailure failure =
        catchThrowableOfType(
            ProviderFailure.class,
            () ->
                inside.ask(
                    Asks.with(UUID.randomUUID(), MODEL, Asks.MATERIAL, Asks.SCHEMA),
                    Deadline.in(LONG),
                    TokenSink.NOWHERE));
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.UNREACHABLE);
    assertThat(failure.attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local/other", "stub-1", ""})
  void refusesAModelNobodyOffers(String modelId) {
    assertThatThrownBy(
            () -> providers.ask(Asks.draft(modelId), Deadline.in(LONG), TokenSink.NOWHERE))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.UNKNOWN_MODEL));
  }
}
