package io.aragora.platform.observe;

import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The verbs that move the meters; what each of them means stands in {@link Meter}. */
public final class Meters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  /** What was read last; the registry asks here, and it is one for the whole process. */
  private static final Map<String, Reading> READINGS = new ConcurrentHashMap<>();

  private final MeterRegistry registry;
  private final MetricsToken token;

  private Meters(MeterRegistry registry, MetricsToken token) {
    this.registry = registry;
    this.token = token;
  }

  /** Meters on the registry that the management port publishes. */
  public static Meters create() {
    return create(MetricsToken.NONE);
  }

  /** As {@link #create()}, to be read by whoever has the token only. */
  public static Meters create(MetricsToken token) {
    return new Meters(Metrics.globalRegistry(), token);
  }

  /** What a reader of the meters has to show. */
  public MetricsToken token() {
    return token;
  }

  /** One answered request: which operation, status class (2xx) and how long. */
  public void request(String operation, int status, Duration took) {
    record(Meter.HTTP_REQUESTS, took, operation, status / 100 + "xx");
  }

  public void debateOpened() {
    count(Meter.DEBATES_OPENED, 1);
  }

  /** {@code outcome} is the outcome's wire name. */
  public void debateEnded(String outcome) {
    count(Meter.DEBATES_ENDED, 1, outcome);
  }

  /** One call to a provider; {@code result} is ok or the wire name of the failure. */
  public void providerCall(String provider, String result, Duration took) {
    record(Meter.PROVIDER_CALLS, took, provider, result);
  }

  public void tokens(Tokens read) {
    count(Meter.PROVIDER_TOKENS, read.input(), "input");
    count(Meter.PROVIDER_TOKENS, read.output(), "output");
  }

  public void spent(Money amount) {
    count(Meter.SPEND, amount.micro());
  }

  public void holdRefused() {
    count(Meter.HOLDS_REFUSED, 1);
  }

  /** A day or month reached this much of its cap, and nobody was told before. */
  public void budgetAlert(int percent) {
    count(Meter.BUDGET_ALERTS, 1, Integer.toString(percent));
  }

  /** A connection closed because its request did not arrive in time or its reader stalled. */
  public void connectionCut(String phase) {
    count(Meter.CONNECTIONS_CUT, 1, phase);
  }

  /** Shows a reading, until a later one or until it is too old to be believed. */
  public void show(Meter meter, double value, String... tags) {
    List<Tag> checked = tags(meter, tags);
    String key = key(meter, tags);
    if (READINGS.put(key, Reading.now(value)) == null) {
      publish(meter, key, checked);
    }
  }

  /** What a meter was last seen to be, if it ever was. */
  static OptionalDouble reading(Meter meter, String... tags) {
    @Nullable Reading reading = READINGS.get(key(meter, tags));
    return reading == null ? OptionalDouble.empty() : OptionalDouble.of(reading.value());
  }

  private static String key(Meter meter, String... tags) {
    return meter.wire() + String.join("\n", tags);
  }

  private void publish(Meter meter, String key, List<Tag> tags) {
    switch (meter.kind()) {
      case GAUGE ->
          registry.getOrCreate(
              Gauge.builder(meter.wire(), () -> seen(key).value())
                  .description(meter.about())
                  .tags(tags));
      case TOTAL ->
          registry.getOrCreate(
              FunctionalCounter.builder(meter.wire(), READINGS, unused -> (long) seen(key).last())
                  .description(meter.about())
                  .tags(tags));
      case COUNTER, TIMER -> throw new IllegalArgumentException(meter + " is not shown but moved");
    }
  }

  private static Reading seen(String key) {
    return Objects.requireNonNull(READINGS.get(key), key);
  }

  private void record(Meter meter, Duration took, String... tags) {
    registry
        .getOrCreate(
            Timer.builder(meter.wire())
                .description(meter.about())
                .buckets(BUCKETS)
                .tags(tags(meter, tags)))
        .record(took);
  }

  private void count(Meter meter, long by, String... tags) {
    registry
        .getOrCreate(
            Counter.builder(meter.wire()).description(meter.about()).tags(tags(meter, tags)))
        .increment(by);
  }

  private static List<Tag> tags(Meter meter, String... values) {
    if (values.length != meter.tags().size()) {
      throw new IllegalArgumentException(meter + " has the tags " + meter.tags());
    }
    return IntStream.range(0, values.length)
        .mapToObj(at -> Tag.create(meter.tags().get(at), values[at]))
        .toList();
  }
}
