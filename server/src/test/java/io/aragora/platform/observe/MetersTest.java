package io.aragora.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetersTest {
  private static final MetricsToken TOKEN = MetricsToken.of("a-token");

  @Test
  void noTwoMetersHaveOneName() {
    assertThat(Arrays.stream(Meter.values()).flatMap(meter -> meter.series().stream()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("aragora_[a-z_]+"));
  }

  @Test
  void aReadingNobodyRenewsIsWorthNothing() {
    var reading = new Reading(7, 0);
    assertThat(reading.valueAt(Reading.BELIEVED.toNanos() - 1)).isEqualTo(7);
    assertThat(reading.valueAt(Reading.BELIEVED.toNanos())).isNaN();
    assertThat(reading.last()).isEqualTo(7);
  }

  @Test
  void aMeterIsShownWithExactlyItsTags() {
    var meters = Meters.create();
    assertThatThrownBy(() -> meters.show(Meter.JOBS, 1, "debate"))
        .hasMessageContaining("[kind, state]");
    assertThatThrownBy(() -> meters.show(Meter.DEBATES_OPENED, 1))
        .hasMessageContaining("not shown but moved");
  }

  @Test
  void whatCannotBeReadDoesNotKeepOthersFromBeingRead() throws Exception {
    var read = new CountDownLatch(2);
    Watched broken =
        meters -> {
          throw new IllegalStateException("away");
        };
    try (var watch =
        new Watch(
            Meters.create(),
            List.of(broken, meters -> read.countDown()),
            java.time.Duration.ofMillis(1))) {
      watch.start();
      assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tellsWhenACertificateEnds() {
    Path chain = Path.of("src/test/resources/observe/ends-2036.crt");
    new CertificateWatch(chain).tell(Meters.create());
    assertThat(Meters.reading(Meter.CERTIFICATE_END, "ends-2036.crt"))
        .hasValue((double) Instant.parse("2036-01-02T03:04:05Z").getEpochSecond());
  }

  @Test
  void aFileThatIsNoCertificateIsAFault() {
    var watch = new CertificateWatch(Path.of("pom.xml"));
    assertThatThrownBy(() -> watch.tell(Meters.create())).hasMessageContaining("no certificate");
  }

  @Test
  void admitsTheTokenInAnySpellingOfTheScheme() {
    assertThat(TOKEN.admits(Optional.of("Bearer a-token"))).isTrue();
    assertThat(TOKEN.admits(Optional.of("bearer  a-token"))).isTrue();
    assertThat(MetricsToken.NONE.admits(Optional.empty())).isTrue();
    assertThat(TOKEN.toString()).doesNotContain("a-token");
  }

  @Test
  void aServerThatIsGivenTheHashOnlyAdmitsTheTokenAndNotTheHash() {
    String hash = "sha256:" + Sha256.of("a-token".getBytes(StandardCharsets.US_ASCII)).hex();
    var hashed = MetricsToken.of(hash);
    assertThat(hashed).isEqualTo(TOKEN);
    assertThat(hashed.admits(Optional.of("Bearer a-token"))).isTrue();
    assertThat(hashed.admits(Optional.of("Bearer " + hash))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-token", "Bearer", "Bearer ", "Bearer b-token", "Basic a-token"})
  void admitsNothingElse(String header) {
    assertThat(TOKEN.admits(Optional.of(header))).isFalse();
    assertThat(TOKEN.admits(Optional.empty())).isFalse();
  }
}
