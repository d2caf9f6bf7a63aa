package io.aragora.platform.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProofsTest {
  private static final int ROUNDS = 10_000;
  private static final List<String> RFC_LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @ParameterizedTest
  @CsvSource({
    "0,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1,6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2,fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3,aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4,d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5,4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6,76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7,ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8,5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  })
  void rootsAreThoseOfTheCertificateTransparencyReference(int size, String root) {
    List<Sha256> leaves =
        RFC_LEAVES.stream().map(hex -> Merkle.leaf(HexFormat.of().parseHex(hex))).toList();
    assertThat(reader(leaves, size).root(size).hex()).isEqualTo(root);
  }

  @ParameterizedTest
  @CsvSource({"1,255", "255,256", "256,257", "300,65535", "65536,65537", "70000,70001"})
  void tiledRootsEqualRootsOverAllLeaves(int from, int to) {
    List<Sha256> leaves = leaves(to, 1);
    assertThat(reader(leaves, to).root(to)).isEqualTo(PlainTree.root(leaves));
    assertThat(reader(leaves, to).root(from)).isEqualTo(PlainTree.root(leaves.subList(0, from)));
  }

  @Test
  void everyLeafOfEverySmallTreeIsProved() {
    List<Sha256> leaves = leaves(40, 2);
    for (int size = 1; size <= 40; size++) {
      Sha256 root = PlainTree.root(leaves.subList(0, size));
      for (int index = 0; index < size; index++) {
        var proof = reader(leaves, size).inclusion(index);
        assertThat(proof.verifies(leaves.get(index), root)).as("%d/%d", index, size).isTrue();
      }
    }
  }

  @Test
  void everySmallTreeContinuesEveryOneBefore() {
    List<Sha256> leaves = leaves(40, 3);
    for (int to = 0; to <= 40; to++) {
      Sha256 root = PlainTree.root(leaves.subList(0, to));
      for (int from = 0; from <= to; from++) {
        var proof = reader(leaves, to).consistency(from);
        Sha256 old = PlainTree.root(leaves.subList(0, from));
        assertThat(proof.verifies(old, root)).as("%d to %d", from, to).isTrue();
      }
    }
  }

  @Test
  void inclusionHoldsForTheLeafAndFailsAfterAnyChange() {
    List<Sha256> leaves = leaves(3_000, 4);
    var random = new Random(20261123);
    for (int round = 0; round < ROUNDS; round++) {
      int size = 1 + random.nextInt(leaves.size());
      int index = random.nextInt(size);
      Sha256 leaf = leaves.get(index);
      var reader = reader(leaves, size);
      Sha256 root = reader.root(size);
      var proof = reader.inclusion(index);
      assertThat(proof.verifies(leaf, root)).as("%d/%d", index, size).isTrue();
      assertThat(proof.verifies(flipped(leaf, random), root)).isFalse();
      assertThat(proof.verifies(leaf, flipped(root, random))).isFalse();
      assertThat(changed(proof, random).verifies(leaf, root)).as("%d/%d", index, size).isFalse();
    }
  }

  @Test
  void consistencyHoldsForTheTreeAndFailsAfterAnyChange() {
    List<Sha256> leaves = leaves(3_000, 5);
    var random = new Random(20261124);
    for (int round = 0; round < ROUNDS; round++) {
      int to = 2 + random.nextInt(leaves.size() - 1);
      int from = 1 + random.nextInt(to - 1);
      var reader = reader(leaves, to);
      Sha256 old = reader.root(from);
      Sha256 root = reader.root(to);
      var proof = reader.consistency(from);
      assertThat(proof.verifies(old, root)).as("%d to %d", from, to).isTrue();
      assertThat(proof.verifies(flipped(old, random), root)).isFalse();
      assertThat(proof.verifies(old, flipped(root, random))).isFalse();
      var bad = new ConsistencyProof(from, to, flippedOne(proof.hashes(), random));
      assertThat(bad.verifies(old, root)).as("%d to %d", from, to).isFalse();
    }
  }

  @Test
  void aProofDoesNotHoldForAnotherPlace() {
    List<Sha256> leaves = leaves(100, 6);
    Sha256 root = reader(leaves, 100).root(100);
    var proof = reader(leaves, 100).inclusion(37);
    for (long index : LongStream.rangeClosed(-1, 101).filter(at -> at != 37).toArray()) {
      var moved = new InclusionProof(index, 100, proof.hashes());
      assertThat(moved.verifies(leaves.get(37), root)).as("index %d", index).isFalse();
    }
  }

  @Test
  void aShortenedOrLengthenedProofDoesNotHold() {
    List<Sha256> leaves = leaves(100, 7);
    Sha256 root = reader(leaves, 100).root(100);
    List<Sha256> hashes = reader(leaves, 100).inclusion(37).hashes();
    var longer = new ArrayList<>(hashes);
    longer.add(root);
    List<Sha256> shorter = hashes.subList(0, hashes.size() - 1);
    assertThat(new InclusionProof(37, 100, longer).verifies(leaves.get(37), root)).isFalse();
    assertThat(new InclusionProof(37, 100, shorter).verifies(leaves.get(37), root)).isFalse();
  }

  @Test
  void anEmptyOldTreeNeedsTheEmptyRoot() {
    Sha256 root = reader(leaves(3, 8), 3).root(3);
    var proof = new ConsistencyProof(0, 3, List.of());
    assertThat(proof.verifies(Merkle.emptyRoot(), root)).isTrue();
    assertThat(proof.verifies(root, root)).isFalse();
  }

  private static InclusionProof changed(InclusionProof proof, Random random) {
    if (proof.hashes().isEmpty()) {
      return new InclusionProof(proof.index(), proof.size(), List.of(Merkle.emptyRoot()));
    }
    return new InclusionProof(proof.index(), proof.size(), flippedOne(proof.hashes(), random));
  }

  private static List<Sha256> flippedOne(List<Sha256> hashes, Random random) {
    var bad = new ArrayList<>(hashes);
    int at = random.nextInt(bad.size());
    bad.set(at, flipped(bad.get(at), random));
    return bad;
  }

  private static Sha256 flipped(Sha256 hash, Random random) {
    byte[] bytes = hash.bytes();
    bytes[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
    return Sha256.ofDigest(bytes);
  }

  private static List<Sha256> leaves(int count, long seed) {
    return LongStream.range(0, count)
        .mapToObj(n -> Merkle.leaf(ByteBuffer.allocate(16).putLong(seed).putLong(n).array()))
        .toList();
  }

  /** A reader over tiles made the slow way, straight from the definition. */
  private static TreeReader reader(List<Sha256> leaves, int size) {
    HashSource source =
        (level, from, count) ->
            LongStream.range(from, from + count)
                .mapToObj(
                    n ->
                        PlainTree.root(
                            leaves.subList(
                                (int) (n << (8 * level)), (int) ((n + 1) << (8 * level)))))
                .toList();
    return new TreeReader(source, size);
  }
}
