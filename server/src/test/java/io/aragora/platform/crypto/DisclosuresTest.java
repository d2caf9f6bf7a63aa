package io.aragora.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DisclosuresTest {
  @Test
  void commitsAsTheExampleOfRfc9901() {
    String encoded = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
    Disclosure read = Disclosure.read(encoded);
    assertThat(read.path()).isEqualTo("family_name");
    assertThat(read.value().textValue()).isEqualTo("M\u00f6bius");
    assertThat(read.commitment()).isEqualTo("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
  }

  @Test
  void readsWhatItWrites() {
    Disclosure made = new Disclosures(new Random(3)).disclose("/dissent/0/text", "too dear");
    Disclosure read = Disclosure.read(made.encoded());
    assertThat(read.path()).isEqualTo("/dissent/0/text");
    assertThat(read.value()).isEqualTo(made.value());
    assertThat(read.commitment()).isEqualTo(made.commitment());
  }

  @Test
  void equalValuesGetDifferentCommitments() {
    var disclosures = new Disclosures(new SecureRandom());
    assertThat(disclosures.disclose("/a", "yes").commitment())
        .isNotEqualTo(disclosures.disclose("/a", "yes").commitment());
  }

  @Test
  void refusesSaltsThatCouldBeGuessed() {
    String weak = Base64Text.encodeUrl("[\"1\",\"/a\",\"yes\"]".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Disclosure.read(weak)).isInstanceOf(VerificationFault.class);
  }

  @Test
  void neverPrintsTheValue() {
    assertThat(new Disclosures(new Random(3)).disclose("/a", "secret").toString())
        .isEqualTo("disclosure of /a");
  }

  @Test
  void aFaultDoesNotQuoteTheValue() {
    String broken = Base64Text.encodeUrl("[\"secret\"".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Disclosure.read(broken))
        .isInstanceOf(VerificationFault.class)
        .hasMessageNotContaining("secret");
  }
}
