package io.aragora.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyRingTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.000Z");

  @TempDir Path data;
  private Path keys;

  @BeforeEach
  void nameDirectory() {
    keys = data.resolve("keys");
  }

  @Test
  void makesOneKeyForEachPurposeThatOnlyItsOwnerCanRead() throws IOException {
    KeyRing ring = open(NOW);
    assertThat(ring.receiptSigner().key()).isNotEqualTo(ring.checkpointSigner().key());
    assertThat(mode(keys)).isEqualTo("rwx------");
    for (Path file : privateKeys()) {
      assertThat(mode(file)).isEqualTo("rw-------");
    }
    assertThat(privateKeys()).hasSize(2);
  }

  @Test
  void findsTheSameKeysAgain() {
    KeyRing first = open(NOW);
    KeyRing second = open(NOW.plusSeconds(60));
    assertThat(second.publicKeys()).isEqualTo(first.publicKeys());
    assertThat(second.receiptSigner().key()).isEqualTo(first.receiptSigner().key());
  }

  @Test
  void refusesKeysThatOthersCanReadAndSaysWhatToDo() throws IOException {
    open(NOW);
    Path file = privateKeys().getFirst();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void refusesADirectoryThatOthersCanEnter() throws IOException {
    open(NOW);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("chmod 700 " + keys);
  }

  @Test
  void refusesADamagedKeyInsteadOfMakingAnother() throws IOException {
    open(NOW);
    Path file = privateKeys().getFirst();
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("damaged");
    assertThat(privateKeys()).hasSize(2);
  }

  @Test
  void refusesAKeyUnderTheNameOfAnother() throws IOException {
    open(NOW);
    Files.write(privateKeys().getFirst(), Signer.generate(new SecureRandom()).pkcs8());
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("not of the same key");
  }

  @Test
  void completesAKeyWhoseMakingWasInterrupted() throws IOException {
    KeyRing first = open(NOW);
    String name = "receipt-" + first.receiptSigner().key().keyId() + ".json";
    Files.delete(keys.resolve(name));
    KeyRing second = open(NOW.plusSeconds(5));
    assertThat(second.receiptSigner().key()).isEqualTo(first.receiptSigner().key());
    assertThat(keys.resolve(name)).exists();
  }

  @Test
  void aSuccessorIsPublishedAtOnceAndSignsLater() {
    KeyRing ring = open(NOW);
    VerifyKey before = ring.receiptSigner().key();
    KeyStatement next = ring.introduce(KeyPurpose.RECEIPT, NOW.plusSeconds(86_400));
    assertThat(ring.receiptSigner().key()).isEqualTo(before);
    assertThat(ring.publicKeys().find(KeyPurpose.RECEIPT, next.keyId())).contains(next);
    KeyRing later = open(NOW.plusSeconds(86_400));
    assertThat(later.receiptSigner().key()).isEqualTo(next.key());
    assertThat(later.publicKeys().find(KeyPurpose.RECEIPT, before.keyId())).isPresent();
  }

  @Test
  void manyStartsAtOnceMakeOneKeyForEachPurpose() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PublicKeys>> starts =
          IntStream.range(0, 8)
              .<Callable<PublicKeys>>mapToObj(n -> () -> open(NOW).publicKeys())
              .toList();
      PublicKeys expected = null;
      for (Future<PublicKeys> found : threads.invokeAll(starts)) {
        expected = expected == null ? found.get() : expected;
        assertThat(found.get()).isEqualTo(expected);
      }
    }
    assertThat(privateKeys()).hasSize(2);
  }

  @Test
  void publishesReceiptKeysAsJwksAndAllAsStatements() {
    KeyRing ring = open(NOW);
    String jwks = new String(ring.publicKeys().jwks(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(jwks)
        .contains(ring.receiptSigner().key().keyId())
        .doesNotContain(ring.checkpointSigner().key().keyId())
        .doesNotContain("\"d\"");
    assertThat(PublicKeys.read(ring.publicKeys().decisionKeys())).isEqualTo(ring.publicKeys());
  }

  private KeyRing open(Instant now) {
    return KeyRing.open(keys, InstantSource.fixed(now), new SecureRandom());
  }

  private List<Path> privateKeys() throws IOException {
    try (var files = Files.list(keys)) {
      return files.filter(file -> file.toString().endsWith(".pk8")).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
