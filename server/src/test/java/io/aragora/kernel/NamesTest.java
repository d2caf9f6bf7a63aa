package io.aragora.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna",
        "Ærøskøbing 7",
        "Łukasz",
        "李小龍",
        "می\u200cخواهم",
        "👩\u200d💻",
        "O'Neil & Sons (a.txt)"
      })
  void takesWhatPeopleAreCalled(String name) {
    assertThat(Names.require(name, 200)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b", "a\nb", "a\u0085b", "a\u00adb", "a\u061cb", "a\u115fb", "a\u180eb", "a\u200bb",
        "a\u200eb", "a\u2028b", "a\u202eb", "a\u2066b", "a\u2800b", "a\u3164b", "a\ufeffb",
            "a\ud800b",
        "a\ue000b", "a\uffffb", "a\udb40\udc41b"
      })
  void refusesWhatIsNotSeen(String name) {
    assertThat(Names.isPlain(name, 200)).isFalse();
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> Names.require(name, 200));
    assertThat(refusal.faults()).singleElement().extracting(Fault::pointer).isEqualTo("/name");
  }

  @Test
  void keepsOneSpellingWithoutTheSpaceAround() {
    assertThat(Names.require("  Jose\u0301 ", 200)).isEqualTo("Jos\u00e9");
  }

  @Test
  void boundsTheLength() {
    assertThat(Names.require("x".repeat(200), 200)).hasSize(200);
    for (String bad : new String[] {"", "   ", "\u3000", "x".repeat(201)}) {
      assertThat(catchThrowableOfType(Refusal.class, () -> Names.require(bad, 200))).isNotNull();
    }
  }
}
