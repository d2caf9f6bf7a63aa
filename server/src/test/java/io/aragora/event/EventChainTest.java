package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.crypto.Sha256;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventChainTest {
  @Test
  void theRootOfNothingIsTheHashOfNothing() {
    assertThat(EventChain.root(List.of()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 100})
  void theRootIsThatOfTheRecursiveRule(int count) {
    List<String> hashes =
        IntStream.range(0, count).mapToObj(at -> Sha256.ofText("event " + at).hex()).toList();

    assertThat(EventChain.root(hashes)).isEqualTo(recursive(hashes).hex());
  }

  /** RFC 6962 section 2.1, word for word: split at the largest power of two below n. */
  private static Sha256 recursive(List<String> hashes) {
    if (hashes.size() == 1) {
      return Sha256.of(new byte[] {0}, Sha256.ofHex(hashes.getFirst()).bytes());
    }
    int split = Integer.highestOneBit(hashes.size() - 1);
    return Sha256.of(
        new byte[] {1},
        recursive(hashes.subList(0, split)).bytes(),
        recursive(hashes.subList(split, hashes.size())).bytes());
  }
}
