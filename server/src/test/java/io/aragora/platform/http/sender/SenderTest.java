package io.aragora.platform.http.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SenderTest {
  private static final TrustedProxies OURS =
      TrustedProxies.of(List.of("10.0.0.1", "172.16.0.0/12", "fd00::/8", "2001:db8::7"));

  /** Who connects, what the header says, who sends. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.1    | 192.0.2.1                              | 192.0.2.1
          10.0.0.1    | 6.6.6.6, 192.0.2.1                     | 192.0.2.1
          10.0.0.1    | 6.6.6.6, 192.0.2.1, 172.16.9.9         | 192.0.2.1
          10.0.0.1    | 192.0.2.1,172.16.9.9,10.0.0.1,fd00::5  | 192.0.2.1
          10.0.0.1    | 172.16.1.1, 172.16.1.2                 | 172.16.1.1
          10.0.0.1    | 192.0.2.1:4711                         | 192.0.2.1
          10.0.0.1    | [2001:db8::1]:443                      | 2001:db8:0:0:0:0:0:1
          10.0.0.1    | [2001:db8::1]                          | 2001:db8:0:0:0:0:0:1
          10.0.0.1    | 2001:DB8::1                            | 2001:db8:0:0:0:0:0:1
          10.0.0.1    | ::ffff:192.0.2.1                       | 192.0.2.1
          10.0.0.1    | 192.0.2.1, ::ffff:172.16.0.3           | 192.0.2.1
          10.0.0.1    | 192.0.2.1, [2001:db8::7]:80            | 192.0.2.1
          2001:db8::7 | 192.0.2.1                              | 192.0.2.1
          fd12::3%1   | 192.0.2.1                              | 192.0.2.1
          172.32.0.1  | 192.0.2.1                              | 172.32.0.1
          10.0.0.2    | 192.0.2.1                              | 10.0.0.2
          2001:db8::8 | 192.0.2.1                              | 2001:db8:0:0:0:0:0:8
          """)
  void isTheNearestWhoIsNoProxyOfOurs(String peer, String header, String sender) throws Exception {
    assertThat(address(peer, header)).isEqualTo(sender);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "unknown",
        "_hidden",
        "host.example",
        "192.0.2",
        "192.0.2.256",
        "010.0.0.9",
        "3221225985",
        "0x7f.1",
        "192.0.2.1 192.0.2.2",
        "192.0.2.1;x",
        "192.0.2.1:",
        "192.0.2.1:999999",
        "[2001:db8::1",
        "2001:db8::1]",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8:9",
        "\"192.0.2.1\"",
        "for=192.0.2.1",
        "192.0.2.1\u0000"
      })
  void endsTheChainAtWhatIsNoAddress(String bad) throws Exception {
    assertThat(address("10.0.0.1", bad)).isEqualTo("10.0.0.1");
    assertThat(address("10.0.0.1", "6.6.6.6, " + bad)).isEqualTo("10.0.0.1");
    assertThat(address("10.0.0.1", "6.6.6.6, " + bad + ", 172.16.0.9")).isEqualTo("172.16.0.9");
  }

  @Test
  void readsRepeatedHeadersAsOneList() throws Exception {
    assertThat(address("10.0.0.1", "6.6.6.6", "192.0.2.1", "172.16.0.9, 10.0.0.1"))
        .isEqualTo("192.0.2.1");
    assertThat(address("10.0.0.1", "6.6.6.6", "")).isEqualTo("10.0.0.1");
    assertThat(address("10.0.0.1")).isEqualTo("10.0.0.1");
  }

  @Test
  void looksAtOnlySoManyOfAVeryLongChain() throws Exception {
    String ours = String.join(",", Collections.nCopies(31, "172.16.0.9"));
    assertThat(address("10.0.0.1", "192.0.2.1," + ours)).isEqualTo("192.0.2.1");
    assertThat(address("10.0.0.1", "192.0.2.1,172.16.0.9," + ours)).isEqualTo("172.16.0.9");
    String commas = ",".repeat(1_000_000);
    assertThat(address("10.0.0.1", commas)).isEqualTo("10.0.0.1");
  }

  @Test
  void isNobodyWhereTheConnectionHasNoAddress() {
    var forwarded = new Sender.Forwarded(List.of("192.0.2.1"), List.of("https"));
    Sender sender = Sender.of(InetSocketAddress.createUnresolved("x", 1), forwarded, OURS);
    assertThat(sender.address()).isEqualTo("unknown");
    assertThat(sender.scheme()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https        | https
          HTTP         | http
          https, https | https
          https,http   |
          wss          |
          ''           |
          https;q=1    |
          """)
  void tellsTheSchemeWhereTheProxiesAgreeOnOne(String header, String scheme) throws Exception {
    var forwarded = new Sender.Forwarded(List.of("192.0.2.1"), List.of(header));
    assertThat(Sender.of(at("10.0.0.1"), forwarded, OURS).scheme().orElse(null)).isEqualTo(scheme);
    assertThat(Sender.of(at("10.0.0.2"), forwarded, OURS).scheme()).as("a stranger's").isEmpty();
  }

  /** Whatever a stranger writes, it never stands for somebody our proxies did not see. */
  @Test
  void isNeverWhoeverAStrangerWrites() throws Exception {
    var random = new Random(4);
    String signs = "0123456789abcdef:.,[] %_\t";
    for (int round = 0; round < 10_000; round++) {
      var forged = new StringBuilder();
      for (int at = random.nextInt(60); at > 0; at--) {
        forged.append(signs.charAt(random.nextInt(signs.length())));
      }
      assertThat(address("10.0.0.1", forged + ", 192.0.2.1")).isEqualTo("192.0.2.1");
      assertThat(address("198.51.100.4", forged.toString())).isEqualTo("198.51.100.4");
    }
  }

  private static String address(String peer, String... lines) throws Exception {
    return Sender.of(at(peer), new Sender.Forwarded(List.of(lines), List.of()), OURS).address();
  }

  private static InetSocketAddress at(String address) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(address), 4711);
  }
}
