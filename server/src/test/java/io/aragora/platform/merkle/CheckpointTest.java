package io.aragora.platform.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
  private static final Checkpoint HEAD =
      new Checkpoint("log.example/receipts", 70_000, Sha256.ofText("root"));

  private final Signer signer = Signer.generate(new SecureRandom());

  @Test
  void acceptsTheSignedNoteThatGoAccepts() {
    String note =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
        """;
    byte[] typed = Base64Text.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    VerifyKey key = VerifyKey.ofRaw(Arrays.copyOfRange(typed, 1, 33));
    assertThat(SignedNote.keyId("PeterNeumann", key))
        .isEqualTo(new byte[] {(byte) 0xc7, 0x4f, 0x20, (byte) 0xa3});
    SignedNote read = SignedNote.read(note.getBytes(StandardCharsets.UTF_8));
    assertThat(read.isSignedBy("PeterNeumann", List.of(key))).isTrue();
    assertThat(read.isSignedBy("PeterNeumann", List.of(signer.key()))).isFalse();
  }

  @Test
  void isReadBackByThoseWhoTrustItsKey() {
    byte[] note = HEAD.sign(signer);
    assertThat(Checkpoint.open(note, List.of(signer.key()))).isEqualTo(HEAD);
    VerifyKey stranger = Signer.generate(new SecureRandom()).key();
    assertThatThrownBy(() -> Checkpoint.open(note, List.of(stranger)))
        .isInstanceOf(VerificationFault.class);
    assertThat(Checkpoint.open(note, List.of(stranger, signer.key()))).isEqualTo(HEAD);
  }

  @Test
  void noBitOfTheNoteCanBeFlipped() {
    byte[] good = HEAD.sign(signer);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> Checkpoint.open(bad, List.of(signer.key())))
          .as("bit %d", bit)
          .isInstanceOf(VerificationFault.class);
    }
  }

  @Test
  void aSignatureUnderAnotherLogsNameDoesNotCount() {
    byte[] note = SignedNote.sign(HEAD.text(), "other.example/log", signer);
    assertThatThrownBy(() -> Checkpoint.open(note, List.of(signer.key())))
        .isInstanceOf(VerificationFault.class);
  }

  @Test
  void linesOfUnknownWitnessesDoNotHarm() {
    String witnessed =
        new String(HEAD.sign(signer), StandardCharsets.UTF_8)
            + "\u2014 witness.example "
            + Base64Text.encode(new byte[76])
            + "\n";
    byte[] note = witnessed.getBytes(StandardCharsets.UTF_8);
    assertThat(Checkpoint.open(note, List.of(signer.key()))).isEqualTo(HEAD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log.example\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "log.example\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "log.example\n1\nAAAA\n",
        "log.example\n1\n",
        "two words\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
      })
  void refusesOtherTextsEvenIfSigned(String text) {
    byte[] note = SignedNote.sign(text, "log.example", signer);
    assertThatThrownBy(() -> Checkpoint.open(note, List.of(signer.key())))
        .isInstanceOf(VerificationFault.class);
  }

  @Test
  void opensslVerifiesTheSignatureToo(@TempDir Path scratch) throws Exception {
    Assumptions.assumeTrue(hasOpenssl(), "SKIPPED: no openssl here, nothing was cross-checked");
    String note = new String(HEAD.sign(signer), StandardCharsets.UTF_8);
    String line = note.substring(note.lastIndexOf(' ') + 1).strip();
    byte[] typed = Base64Text.decode(line);
    Path key = Files.writeString(scratch.resolve("key.pem"), signer.key().pem());
    Path text = Files.writeString(scratch.resolve("text"), HEAD.text());
    Path signature =
        Files.write(scratch.resolve("sig"), Arrays.copyOfRange(typed, 4, typed.length));
    assertThat(verifies(key, text, signature)).isTrue();
    Files.writeString(text, HEAD.text().replace("70000", "70001"));
    assertThat(verifies(key, text, signature)).isFalse();
  }

  private static boolean verifies(Path key, Path text, Path signature) throws Exception {
    return run(
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "" + key,
        "-rawin",
        "-in",
        "" + text,
        "-sigfile",
        "" + signature);
  }

  private static boolean hasOpenssl() throws Exception {
    try {
      return run("openssl", "version");
    } catch (java.io.IOException missing) {
      return false;
    }
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }
}
