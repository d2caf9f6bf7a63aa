package io.aragora.platform.http.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
  private final List<InetAddress> answer = new ArrayList<>();
  private long now = 1;
  private int looks;
  private final TrustedProxies proxies =
      TrustedProxies.of(
          List.of("192.0.2.1", "edge"),
          name -> {
            looks++;
            return List.copyOf(answer);
          },
          () -> now);

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.2.3/16, 10.1.9.9, true",
    "192.0.2.1/32, 192.0.2.1, true",
    "192.0.2.1/32, 192.0.2.2, false",
    "128.0.0.0/1, 129.0.0.1, true",
    "128.0.0.0/1, 127.0.0.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/1, 127.0.0.1, false",
  })
  void aBlockHoldsWhatBeginsLikeIt(String block, String address, boolean holds) throws Exception {
    assertThat(Block.of(block).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/0", "10.0.0.0/33", "::/129", "10.0.0.0/", "10/8", "a/8", "1.2.3.4/8/8"})
  void everybodyIsNoBlockAndNeitherIsWhatIsMalformed(String bad) {
    assertThat(Block.of(bad)).isEmpty();
  }

  @Test
  void looksANameUpAnewAfterHalfAMinute() throws Exception {
    answers("10.0.0.1");
    assertThat(knows("10.0.0.1")).isTrue();
    answers("10.0.0.2");
    pass(Duration.ofSeconds(29));
    assertThat(knows("10.0.0.1")).isTrue();
    assertThat(knows("10.0.0.2")).isFalse();
    assertThat(looks).isEqualTo(1);
    pass(Duration.ofSeconds(2));
    assertThat(knows("10.0.0.2")).isTrue();
    assertThat(knows("10.0.0.1")).as("somebody else may have it now").isFalse();
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void aNameWithoutAnAnswerTrustsNobodyAndIsNotAskedForEachRequest() throws Exception {
    for (int request = 0; request < 100; request++) {
      assertThat(knows("10.0.0.1")).isFalse();
    }
    assertThat(looks).isEqualTo(1);
    answers("10.0.0.1");
    pass(Duration.ofSeconds(31));
    assertThat(knows("10.0.0.1")).isTrue();
  }

  @Test
  void aNameKeepsItsAddressesThroughFiveMinutesWithoutAnAnswer() throws Exception {
    answers("10.0.0.1");
    assertThat(knows("10.0.0.1")).isTrue();
    answers();
    pass(Duration.ofMinutes(4));
    assertThat(knows("10.0.0.1")).isTrue();
    pass(Duration.ofMinutes(2));
    assertThat(knows("10.0.0.1")).isFalse();
  }

  @Test
  void noNameIsLookedUpWhereAnAddressSaysItAll() throws Exception {
    assertThat(knows("192.0.2.1")).isTrue();
    assertThat(looks).isZero();
  }

  @Test
  void findsThisMachineByItsName() throws Exception {
    TrustedProxies local = TrustedProxies.of(List.of("localhost"));
    assertThat(local.contain(InetAddress.getByName("127.0.0.1"))).isTrue();
    assertThat(local.contain(InetAddress.getByName("192.0.2.1"))).isFalse();
  }

  private boolean knows(String address) throws Exception {
    return proxies.contain(InetAddress.getByName(address));
  }

  private void answers(String... addresses) throws Exception {
    answer.clear();
    for (String each : addresses) {
      answer.add(InetAddress.getByName(each));
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
