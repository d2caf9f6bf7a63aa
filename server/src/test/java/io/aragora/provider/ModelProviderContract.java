package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.platform.egress.Deadline;
import io.aragora.platform.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rest of the appliance relies on, whichever provider answers. */
abstract class ModelProviderContract {
  static final Duration LONG = Duration.ofSeconds(20);

  abstract ProviderKind kind();

  /** A provider that answers {@link #modelId()} as it should. */
  abstract ModelProvider provider();

  abstract String modelId();

  final Ask ask() {
    return Asks.draft(modelId());
  }

  @Test
  void answersWithOneDocumentAndWhyItStopped() {
    Answer answer = provider().ask(ask(), Deadline.in(LONG), TokenSink.NOWHERE);
    assertThat(Json.tree(answer.text()).isObject()).isTrue();
    assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void countsWhatItReadAndWrote() {
    Answer answer = provider().ask(ask(), Deadline.in(LONG), TokenSink.NOWHERE);
    assertThat(answer.usage()).isInstanceOf(Usage.Known.class);
    var tokens = ((Usage.Known) answer.usage()).tokens();
    assertThat(tokens.input()).isPositive();
    assertThat(tokens.output()).isPositive();
  }

  @Test
  void saysWhichModelAnswered() {
    assertThat(provider().ask(ask(), Deadline.in(LONG), TokenSink.NOWHERE).modelActual())
        .isNotBlank();
  }

  @Test
  void tellsTheAnswerWordForWordWhileItIsWritten() {
    StringBuilder told = new StringBuilder();
    List<String> pieces = new java.util.ArrayList<>();
    Answer answer =
        provider()
            .ask(
                ask(),
                Deadline.in(LONG),
                piece -> {
                  pieces.add(piece);
                  told.append(piece);
                });
    assertThat(told).hasToString(answer.text());
    assertThat(pieces).hasSizeGreaterThan(1);
  }

  @Test
  void endsAtTheDeadlineWithATypedFailure() {
    ProviderFailure failure =
        catchThrowableOfType(
            ProviderFailure.class,
            () -> provider().ask(ask(), Deadline.in(Duration.ZERO), TokenSink.NOWHERE));
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.TIMEOUT);
  }

  @Test
  void leavesRetriesAndTheirRecordToTheCaller() {
    Answer answer = provider().ask(ask(), Deadline.in(LONG), TokenSink.NOWHERE);
    assertThat(answer.attempts()).isEmpty();
  }
}
