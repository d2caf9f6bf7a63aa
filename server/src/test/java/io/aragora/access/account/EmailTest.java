package io.aragora.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailTest {

  @ParameterizedTest
  @CsvSource({
    "Anna@Example.ORG, anna@example.org",
    "' anna@example.org ', anna@example.org",
    "ＡＮＮＡ@example.org, anna@example.org",
    "STRASSE@example.org, straße@example.org",
    "mu\u0308ller@example.org, MÜLLER@example.org",
    "anna@bücher.example, anna@xn--bcher-kva.example",
    "anna@BÜCHER.example, anna@bücher.example",
    "сора@example.org, copa@example.org",
    "anna+tag@example.org, ANNA+TAG@example.org",
  })
  void meetsInEverySpelling(String one, String other) {
    assertThat(Email.of(one).key()).isEqualTo(Email.of(other).key());
  }

  @ParameterizedTest
  @CsvSource({
    "anna@example.org, anna@example.com",
    "anna@example.org, anna.@example.org.uk",
    "anna+tag@example.org, anna@example.org",
    "жанна@example.org, anna@example.org",
  })
  void keepsDifferentPeopleApart(String one, String other) {
    assertThat(Email.maybe(one).map(Email::key)).isNotEqualTo(Email.maybe(other).map(Email::key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna",
        "@example.org",
        "anna@",
        "anna@@example.org",
        "anna smith@example.org",
        "anna\r\nBcc: all@example.org",
        "anna@example.org\nBcc: x@example.org",
        "anna@exa mple.org",
        "anna\u200b@example.org",
        "anna\u202e@example.org",
        "anna\u0000@example.org",
        "\"anna\"@example.org",
        "<anna@example.org>",
        ".anna@example.org",
        "an..na@example.org",
        "anna@-example.org",
        "anna@example..org",
        "anna,ben@example.org"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Email.of(text))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.INVALID_INPUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"аnna@example.org", "anna@exаmple.org", "annα@example.org"})
  void refusesLettersOfTwoScriptsInOnePart(String lookAlike) {
    assertThatThrownBy(() -> Email.of(lookAlike))
        .isInstanceOfSatisfying(
            Refusal.class,
            no -> assertThat(no.faults().getFirst().code()).isEqualTo("mixed_scripts"));
  }

  @Test
  void takesAddressesOfEveryScript() {
    assertThat(Email.of("山田たろう@example.jp").key()).isEqualTo("山田たろう@example.jp");
    assertThat(Email.of("жанна@пример.рф").key()).endsWith("@xn--e1afmkfd.xn--p1ai");
  }

  @Test
  void boundsTheLength() {
    assertThatThrownBy(() -> Email.of("a".repeat(65) + "@example.org")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Email.of("a@" + "b.".repeat(200) + "org")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Email.of("a@" + "b".repeat(64) + ".org")).isInstanceOf(Refusal.class);
  }
}
