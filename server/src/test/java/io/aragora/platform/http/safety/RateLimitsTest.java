package io.aragora.platform.http.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Right;
import io.aragora.platform.http.sender.Address;
import io.aragora.platform.http.sender.Sender;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
  private static final Operation READ = Operation.get("notes.list", "/api/v1/notes");
  private static final Operation HEALTH = Operation.get("health.live", "/health/live");

  private final Ticks ticks = new Ticks();
  private final RateLimits limits = new RateLimits(new Rates(600, 120), ticks);

  @Test
  void aCallerMayAskAFifthOfAMinutesRequestsAtOnceAndThenAtTheRate() {
    Caller anna = new Caller();
    for (int count = 0; count < 120; count++) {
      take(anna).require();
    }
    Allowance spent = take(anna);
    assertThatThrownBy(spent::require)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code().wire()).isEqualTo("too_many_requests");
              assertThat(refusal.retryAfter()).hasValue(Duration.ofMillis(100));
            });
    ticks.pass(Duration.ofMillis(100));
    take(anna).require();
    assertThat(take(anna).pause()).isPositive();
    ticks.pass(Duration.ofMinutes(5));
    assertThat(take(anna).left()).as("no more than a burst is saved up").isEqualTo(119);
  }

  @Test
  void oneCallerSpendsNothingOfAnothers() {
    Caller anna = new Caller();
    for (int count = 0; count < 200; count++) {
      take(anna);
    }
    assertThat(take(new Caller()).left()).isEqualTo(119);
  }

  @Test
  void tellsTheQuotaAndWhatIsLeftOfIt() {
    var headers = new HashMap<String, String>();
    take(new Caller()).tell(headers::put);
    assertThat(headers)
        .containsEntry("RateLimit-Policy", "\"caller\";q=120;w=12")
        .containsEntry("RateLimit", "\"caller\";r=119;t=1");
  }

  @Test
  void strangersOfOneNetworkCountAsOne() {
    assertThat(network("2001:db8:1:2::1")).isEqualTo(network("2001:db8:1:2:ffff::9"));
    assertThat(network("2001:db8:1:2::1")).isNotEqualTo(network("2001:db8:1:3::1"));
    assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
    assertThat(network("::ffff:192.0.2.1")).as("IPv4 in IPv6").isEqualTo(network("192.0.2.1"));
    Sender from = from("192.0.2.1");
    for (int count = 0; count < 60; count++) {
      limits.take(READ, Optional.empty(), from).orElseThrow().require();
    }
    assertThat(limits.take(READ, Optional.empty(), from).orElseThrow().pause()).isPositive();
    assertThat(limits.take(READ, Optional.empty(), from("192.0.2.2")).orElseThrow().pause())
        .isZero();
  }

  @Test
  void healthIsNeverLimitedAndAZeroMeansNoLimit() {
    assertThat(limits.take(HEALTH, Optional.empty(), from("192.0.2.1"))).isEmpty();
    var off = new RateLimits(Rates.NONE, ticks);
    assertThat(off.take(READ, Optional.of(new Caller()), from("192.0.2.1"))).isEmpty();
    assertThat(off.take(READ, Optional.empty(), from("192.0.2.1"))).isEmpty();
  }

  @Test
  void remembersOnlySoManyHoweverManyCome() {
    var buckets = new Buckets("stranger", 120, ticks);
    for (int count = 0; count < 3 * Buckets.REMEMBERED; count++) {
      assertThat(buckets.take("address " + count)).isPresent();
    }
    assertThat(buckets.size()).isEqualTo(Buckets.REMEMBERED);
  }

  private Allowance take(Caller caller) {
    return limits.take(READ, Optional.of(caller), from("unknown")).orElseThrow();
  }

  private static String network(String address) {
    return Address.network(address);
  }

  private static Sender from(String address) {
    return new Sender(address, Optional.empty());
  }

  /** Somebody the gate knows. */
  private record Caller(ActorId actor) implements Admitted {
    Caller() {
      this(new ActorId(UUID.randomUUID()));
    }

    @Override
    public WorkspaceId workspace() {
      return NOWHERE;
    }

    @Override
    public Doer.Kind kind() {
      return Doer.Kind.KEY;
    }

    @Override
    public boolean holds(Right right) {
      return true;
    }
  }

  /** A clock that goes on when told. */
  private static final class Ticks implements TimeMeter {
    private long now;

    void pass(Duration time) {
      now += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return now;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
