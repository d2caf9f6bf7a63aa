package io.aragora.platform.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.testing.RawServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a caller learns when the other machine does what it likes. */
final class EgressTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LATER = Duration.ofSeconds(20);

  @Test
  void readsLinesWhateverTheirEnds() {
    try (RawServer server =
            answering(RawServer.reply(200, "X-Told: yes\r\n", "one\ntwo\r\n\nlast"));
        Egress egress = egress(server);
        EgressReply reply = egress.send(get(server), Deadline.in(LATER))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("x-told")).contains("yes");
      assertThat(reply.nextLine(100)).contains("one");
      assertThat(reply.nextLine(100)).contains("two");
      assertThat(reply.nextLine(100)).contains("");
      assertThat(reply.nextLine(100)).contains("last");
      assertThat(reply.nextLine(100)).isEmpty();
    }
  }

  @Test
  void stopsReadingAReplyThatIsTooLarge() {
    assertThat(failure(RawServer.reply(200, "", "x".repeat(5000))))
        .isEqualTo(EgressFault.Kind.TOO_LARGE);
  }

  @Test
  void stopsReadingALineThatIsTooLong() {
    try (RawServer server = answering(RawServer.reply(200, "", "x".repeat(900)));
        Egress egress = egress(server);
        EgressReply reply = egress.send(get(server), Deadline.in(LATER))) {
      EgressFault fault = catchThrowableOfType(EgressFault.class, () -> reply.nextLine(100));
      assertThat(fault.kind()).isEqualTo(EgressFault.Kind.TOO_LARGE);
    }
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    assertThat(failure(RawServer.reply(200, "", new byte[] {'a', (byte) 0xC3, '('})))
        .isEqualTo(EgressFault.Kind.BAD_ENCODING);
  }

  @Test
  void tellsWhatIsNotHttp() {
    assertThat(failure("SSH-2.0-OpenSSH_9.9\r\n\r\n".getBytes(UTF_8)))
        .isEqualTo(EgressFault.Kind.NOT_HTTP);
  }

  @Test
  void tellsAConnectionThatEndsBeforeTheReply() {
    assertThat(failure(new byte[0])).isEqualTo(EgressFault.Kind.RESET);
    assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".getBytes(UTF_8)))
        .isEqualTo(EgressFault.Kind.RESET);
  }

  @Test
  void tellsNothingWasSentWhenNobodyListens() {
    RawServer gone = answering(new byte[0]);
    gone.close();
    try (Egress egress = egress(gone)) {
      EgressFault fault =
          catchThrowableOfType(EgressFault.class, () -> egress.send(get(gone), Deadline.in(LATER)));
      assertThat(fault.kind()).isEqualTo(EgressFault.Kind.CONNECT);
      assertThat(fault.wasSent()).isFalse();
    }
  }

  @Test
  void endsAtTheDeadlineBeforeTheHeadAndWithinTheBody() {
    assertThat(silentAfter(new byte[0])).isEqualTo(EgressFault.Kind.TIMEOUT);
    assertThat(silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".getBytes(UTF_8)))
        .isEqualTo(EgressFault.Kind.TIMEOUT);
  }

  @Test
  void endsWhenTheCallerIsToldToStopAndKeepsSayingSo() {
    try (RawServer server = answering(RawServer.reply(200, "", "late"));
        Egress egress = egress(server)) {
      Thread.currentThread().interrupt();
      EgressFault fault = fault(egress, server, LATER);
      assertThat(fault.kind()).isEqualTo(EgressFault.Kind.TIMEOUT);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void followsAFewRedirectsButTakesNoCredentialsToAnotherOrigin() {
    AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
    try (RawServer second =
            RawServer.answering(
                (heard, out) -> {
                  seen.set(heard.headers());
                  out.write(RawServer.reply(200, "", "there"));
                });
        RawServer first =
            answering(RawServer.reply(302, "Location: " + second.origin() + "/x\r\n", ""));
        Egress egress = new Egress(EgressPolicy.allowing(Set.of(first.origin(), second.origin())));
        EgressReply reply =
            egress.send(
                EgressRequest.get(first.origin(), Map.of("Authorization", "Bearer key"), 1000),
                Deadline.in(LATER))) {
      assertThat(reply.text()).isEqualTo("there");
      assertThat(seen.get()).doesNotContainKey("authorization");
    }
  }

  @Test
  void givesUpOnACircleOfRedirects() {
    try (RawServer circle = answering(RawServer.reply(302, "Location: /again\r\n", ""));
        Egress egress = egress(circle);
        EgressReply reply = egress.send(get(circle), Deadline.in(LATER))) {
      assertThat(reply.status()).isEqualTo(302);
      assertThat(circle.connections()).isEqualTo(4);
    }
  }

  @Test
  void reachesALoopbackNameOnlyIfTheOperatorNamesItsOrigin() {
    try (RawServer server = answering(RawServer.reply(200, "", "local"))) {
      URI named = URI.create("http://localhost:" + server.port());
      try (Egress egress = new Egress(EgressPolicy.allowing(Set.of(named)));
          EgressReply reply =
              egress.send(EgressRequest.get(named, Map.of(), 100), Deadline.in(LATER))) {
        assertThat(reply.text()).isEqualTo("local");
        EgressFault fault =
            catchThrowableOfType(
                EgressFault.class,
                () ->
                    egress.send(
                        EgressRequest.get(server.origin(), Map.of(), 100), Deadline.in(LATER)));
        assertThat(fault.kind()).isEqualTo(EgressFault.Kind.REFUSED_ADDRESS);
      }
    }
  }

  private static EgressFault.Kind silentAfter(byte[] bytes) {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer server =
            RawServer.answering(
                (heard, out) -> {
                  out.write(bytes);
                  out.flush();
                  over.await();
                });
        Egress egress = egress(server)) {
      return fault(egress, server, SOON).kind();
    } finally {
      over.countDown();
    }
  }

  private static EgressFault.Kind failure(byte[] bytes) {
    try (RawServer server = answering(bytes);
        Egress egress = egress(server)) {
      return fault(egress, server, LATER).kind();
    }
  }

  private static EgressFault fault(Egress egress, RawServer server, Duration time) {
    return catchThrowableOfType(
        EgressFault.class,
        () -> {
          try (EgressReply reply = egress.send(get(server), Deadline.in(time))) {
            reply.text();
          }
        });
  }

  private static RawServer answering(byte[] bytes) {
    return RawServer.answering((heard, out) -> out.write(bytes));
  }

  private static Egress egress(RawServer server) {
    return new Egress(EgressPolicy.allowing(Set.of(server.origin())));
  }

  private static EgressRequest get(RawServer server) {
    return EgressRequest.get(server.origin(), Map.of(), 1000);
  }
}
