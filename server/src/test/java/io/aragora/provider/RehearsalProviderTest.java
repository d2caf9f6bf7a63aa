package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.platform.egress.Deadline;
import org.junit.jupiter.api.Test;

/** The rehearsal panel keeps the contract. */
final class RehearsalProviderTest extends ModelProviderContract {
  @Override
  ProviderKind kind() {
    return ProviderKind.REHEARSAL;
  }

  @Override
  ModelProvider provider() {
    return new RehearsalProvider();
  }

  @Override
  String modelId() {
    return "rehearsal-2";
  }

  @Test
  void refusesAModelThatIsNotOnThePanel() {
    ProviderFailure failure =
        catchThrowableOfType(
            ProviderFailure.class,
            () -> provider().ask(Asks.draft("rehearsal-9"), Deadline.in(LONG), TokenSink.NOWHERE));
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.REFUSED);
    assertThat(failure.mayBeBilled()).isFalse();
  }
}
