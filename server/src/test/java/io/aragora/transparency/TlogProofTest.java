package io.aragora.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.HashSource;
import io.aragora.platform.merkle.Merkle;
import io.aragora.platform.merkle.TreeReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TlogProofTest {
  private static final ReceiptId RECEIPT =
      new ReceiptId(UUID.fromString("019ab000-0000-7000-8000-000000000001"));
  private static final Sha256 PAYLOAD = Sha256.ofText("payload");
  private static final LeafEntry ENTRY = new LeafEntry(RECEIPT, PAYLOAD, Sha256.ofText("blind"));

  private final Signer signer = Signer.generate(new SecureRandom());
  private final TlogProof proof = proof();

  @Test
  void theLeafIsTheHashOfItsCanonicalEntryBehindAZero() {
    String entry =
        "{\"payload_sha256\":\"%s\",\"receipt_id\":\"%s\",\"tenant_blind\":\"%s\",\"v\":1}"
            .formatted(PAYLOAD.hex(), RECEIPT, ENTRY.tenantBlind().base64url());
    assertThat(ENTRY.bytes()).isEqualTo(entry.getBytes(StandardCharsets.UTF_8));
    assertThat(ENTRY.hash())
        .isEqualTo(Sha256.of(new byte[] {0}, entry.getBytes(StandardCharsets.UTF_8)));
    assertThat(LeafEntry.read(ENTRY.bytes())).isEqualTo(ENTRY);
  }

  @Test
  void theFileProvesTheReceiptOffline() {
    Checkpoint checkpoint =
        TlogProof.read(proof.bytes()).verify(RECEIPT, PAYLOAD, List.of(signer.key()));
    assertThat(checkpoint.size()).isEqualTo(5);
    assertThat(new String(proof.bytes(), StandardCharsets.UTF_8))
        .startsWith("c2sp.org/tlog-proof@v1\nextra ")
        .contains("\nindex 3\n");
  }

  @Test
  void itProvesNoOtherReceiptOrPayload() {
    var other = new ReceiptId(UUID.fromString("019ab000-0000-7000-8000-000000000002"));
    assertThatThrownBy(() -> proof.verify(other, PAYLOAD, List.of(signer.key())))
        .isInstanceOf(VerificationFault.class);
    assertThatThrownBy(() -> proof.verify(RECEIPT, Sha256.ofText("x"), List.of(signer.key())))
        .isInstanceOf(VerificationFault.class);
  }

  @Test
  void noBitOfTheFileCanBeFlipped() {
    byte[] good = proof.bytes();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> TlogProof.read(bad).verify(RECEIPT, PAYLOAD, List.of(signer.key())))
          .as("bit %d", bit)
          .isInstanceOf(VerificationFault.class);
    }
  }

  private TlogProof proof() {
    List<Sha256> leaves =
        IntStream.range(0, 5)
            .mapToObj(n -> n == 3 ? ENTRY.hash() : Merkle.leaf(new byte[] {(byte) n}))
            .toList();
    HashSource source = (level, from, count) -> leaves.subList((int) from, (int) from + count);
    var tree = new TreeReader(source, 5);
    byte[] note = new Checkpoint("log.example", 5, tree.root(5)).sign(signer);
    return new TlogProof(3, tree.inclusion(3).hashes(), ENTRY, note);
  }
}
