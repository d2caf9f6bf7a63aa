package io.aragora.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.testing.RawServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways into a private network that are known, each of which must be refused. */
final class SsrfCorpusTest {
  /** Names an attacker owns, and what their DNS server says. */
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("loopback.test", List.of("127.0.0.1")),
          Map.entry("localhost.", List.of("127.0.0.1")),
          Map.entry("loopback6.test", List.of("::1")),
          Map.entry("private.test", List.of("10.1.2.3")),
          Map.entry("mixed.test", List.of("93.184.216.34", "127.0.0.1")),
          Map.entry("mixed6.test", List.of("93.184.216.34", "fd00::1")),
          Map.entry("metadata.test", List.of("169.254.169.254")),
          Map.entry("cgnat.test", List.of("100.64.0.1")),
          Map.entry("sixtofour.test", List.of("2002:7f00:1::")),
          Map.entry("nat64.test", List.of("64:ff9b::7f00:1")),
          Map.entry("teredo.test", List.of("2001:0:4136:e378:8000:63bf:80ff:fffe")),
          Map.entry("zero.test", List.of("0.0.0.0")),
          Map.entry("127.0.0.1.nip.test", List.of("127.0.0.1")),
          Map.entry("metadata.google.internal", List.of("169.254.169.254")));

  private static final NameSource ATTACKERS = (host, system) -> answers(host);

  private static List<InetAddress> answers(String host) throws UnknownHostException {
    List<String> told = NAMES.get(host);
    if (told == null) {
      throw new UnknownHostException(host);
    }
    return told.stream().map(SsrfCorpusTest::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException notALiteral) {
      throw new IllegalArgumentException(literal, notALiteral);
    }
  }

  static List<String> corpus() {
    return SsrfCorpus.ADDRESSES;
  }

  @Test
  void holdsAtLeastSixtyCases() {
    assertThat(SsrfCorpus.ADDRESSES).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    assertThat(SsrfCorpus.ADDRESSES).hasSizeGreaterThan(NAMES.size());
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void refusesEveryKnownWayIn(String written) {
    try (Egress egress = new Egress(EgressPolicy.publicOnly(), ATTACKERS)) {
      Throwable refused =
          catchThrowableOfType(
              Throwable.class,
              () ->
                  egress.send(
                      EgressRequest.get(URI.create(written), Map.of(), 1000),
                      Deadline.in(Duration.ofSeconds(5))));
      // Not even an address for java.net, or refused by the guard: nothing was sent either way.
      if (!(refused instanceof IllegalArgumentException)) {
        assertThat(refused).isInstanceOf(EgressFault.class);
        assertThat(((EgressFault) refused).kind()).isEqualTo(EgressFault.Kind.REFUSED_ADDRESS);
      }
    }
  }

  /** No check before the call at all: the client's own lookup must be judged. */
  @Test
  void judgesTheLookupTheConnectionIsMadeFrom() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    NameSource rebinding =
        (host, system) -> {
          lookups.incrementAndGet();
          return List.of(InetAddress.getLoopbackAddress());
        };
    try (RawServer inside =
            RawServer.answering(
                (heard, out) -> out.write("secret".getBytes(StandardCharsets.UTF_8)));
        HttpClient client =
            HttpClient.newBuilder().executor(GuardedResolver.guarded(rebinding)).build()) {
      URI uri = URI.create("http://rebinding.test:" + inside.port() + "/");
      Throwable failed =
          catchThrowableOfType(
              Throwable.class,
              () ->
                  client
                      .sendAsync(
                          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                      .join());
      assertThat(failed).isNotNull();
      assertThat(lookups).hasPositiveValue();
      assertThat(inside.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://[::1]:%d/",
        "http://loopback.test:%d/",
        "http://2130706433:%d/",
        "ftp://127.0.0.1:%d/",
        "http://0:%d/"
      })
  void followsNoRedirectInside(String target) {
    try (RawServer inside =
            RawServer.answering((heard, out) -> out.write(RawServer.reply(200, "", "secret")));
        RawServer outside =
            RawServer.answering(
                (heard, out) ->
                    out.write(
                        RawServer.reply(
                            302, "Location: " + target.formatted(inside.port()) + "\r\n", "")));
        Egress egress =
            new Egress(
                new EgressPolicy(
                    Set.of(outside.origin()), Set.of(inside.port()), Duration.ofSeconds(2)),
                ATTACKERS)) {
      Throwable refused =
          catchThrowableOfType(
              Throwable.class,
              () ->
                  egress.send(
                      EgressRequest.get(outside.origin(), Map.of(), 1000),
                      Deadline.in(Duration.ofSeconds(5))));
      assertThat(refused).isInstanceOf(EgressFault.class);
      assertThat(((EgressFault) refused).wasSent()).isFalse();
      assertThat(inside.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "8.8.8.8", "2606:4700::6810:84e5", "2a00:1450:4001::5e"})
  void letsPublicAddressesThrough(String literal) {
    assertThat(AddressGuard.refuses(address(literal))).isFalse();
  }
}
