package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.platform.egress.Deadline;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "abcdefgh",
        "abcdefghi",
        "two words",
        "3.5% of 1,000",
        "na\u00efve \u20ac5\u00b2",
        "\t\n\u000b\f\r ",
        "\u00a0\u2160\u00bd",
        "\ud835\udc9c\ud83d\ude00x",
        "\u4e00\u4e8c\u0301",
        "a-b_c"
      })
  void countsTokensAsSignsAndPiecesOfWords(String text) {
    Pattern token = Pattern.compile("[\\p{L}\\p{N}]{1,8}|[^\\s\\p{L}\\p{N}]");
    assertThat(RehearsalProvider.tokens(text)).isEqualTo(token.matcher(text).results().count());
  }
}
