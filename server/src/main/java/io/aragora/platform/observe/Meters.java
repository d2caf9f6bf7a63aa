package io.aragora.platform.observe;

import io.aragora.kernel.Money;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Every meter of the appliance: its name, its tags, and the verb that moves it. */
public final class Meters {
  public static final String HTTP_REQUESTS = "aragora_http_request_seconds";
  public static final String DEBATES_OPENED = "aragora_debates_opened";
  public static final String DEBATES_ENDED = "aragora_debates_ended";
  public static final String PROVIDER_CALLS = "aragora_provider_call_seconds";
  public static final String SPEND = "aragora_spend_micro_dollars";
  public static final String HOLDS_REFUSED = "aragora_holds_refused";
  public static final String BUDGET_ALERTS = "aragora_budget_alerts";
  public static final String VIEWERS = "aragora_event_viewers";
  public static final String CONNECTIONS_CUT = "aragora_connections_cut";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final MeterRegistry registry;
  private final AtomicLong viewers = new AtomicLong();

  private Meters(MeterRegistry registry) {
    this.registry = registry;
    registry.getOrCreate(
        Gauge.builder(VIEWERS, viewers::get).description("Event streams open on this node"));
  }

  /** Meters on the registry that the management port publishes. */
  public static Meters create() {
    return new Meters(Metrics.globalRegistry());
  }

  /** One answered request: which operation, status class (2xx) and how long. */
  public void request(String operation, int status, Duration took) {
    registry
        .getOrCreate(
            timer(HTTP_REQUESTS, "Requests answered, by operation and status class")
                .tags(tags("operation", operation, "status", status / 100 + "xx")))
        .record(took);
  }

  public void debateOpened() {
    count(DEBATES_OPENED, "Debates opened", List.of()).increment();
  }

  /** {@code outcome} is the outcome's wire name. */
  public void debateEnded(String outcome) {
    count(DEBATES_ENDED, "Debates ended, by outcome", List.of(Tag.create("outcome", outcome)))
        .increment();
  }

  /** One call to a provider; {@code result} is ok or the wire name of the failure. */
  public void providerCall(String provider, String result, Duration took) {
    registry
        .getOrCreate(
            timer(PROVIDER_CALLS, "Calls to providers, by result")
                .tags(tags("provider", provider, "result", result)))
        .record(took);
  }

  public void spent(Money amount) {
    count(SPEND, "Money spent, in micro-dollars", List.of()).increment(amount.micro());
  }

  public void holdRefused() {
    count(HOLDS_REFUSED, "Holds refused because of a cap", List.of()).increment();
  }

  /** A day or month reached this much of its cap, and nobody was told before. */
  public void budgetAlert(int percent) {
    count(
            BUDGET_ALERTS,
            "Budget alerts, by percentage",
            List.of(Tag.create("percent", Integer.toString(percent))))
        .increment();
  }

  public void viewerCame() {
    viewers.incrementAndGet();
  }

  public void viewerLeft() {
    viewers.decrementAndGet();
  }

  /** A connection closed because its request did not arrive in time or its reader stalled. */
  public void connectionCut(String phase) {
    count(CONNECTIONS_CUT, "Connections cut for slowness", List.of(Tag.create("phase", phase)))
        .increment();
  }

  private Timer.Builder timer(String name, String about) {
    return Timer.builder(name).description(about).buckets(BUCKETS);
  }

  private Counter count(String name, String about, List<Tag> tags) {
    return registry.getOrCreate(Counter.builder(name).description(about).tags(tags));
  }

  private static List<Tag> tags(String name, String value, String other, String otherValue) {
    return List.of(Tag.create(name, value), Tag.create(other, otherValue));
  }
}
