package io.aragora.platform.http.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The watch over all connections. The web server's own timeouts count from the last byte, so a
 * client that sends one byte a second never meets them; here a phase has a deadline as a whole.
 */
public final class SlowClients implements AutoCloseable {
  private static final long ROUND_MILLIS = 250;

  private final Deadlines deadlines;
  private final Supplier<byte[]> goodbye;
  private final Consumer<String> told;
  private final Set<GuardedConnection> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("slow-clients").daemon().factory());

  /** {@code goodbye} makes the bytes of a 408 answer; {@code told} hears the phase of each cut. */
  public SlowClients(Deadlines deadlines, Supplier<byte[]> goodbye, Consumer<String> told) {
    this.deadlines = deadlines;
    this.goodbye = goodbye;
    this.told = told;
    watch.scheduleWithFixedDelay(this::look, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Puts every connection that {@code inner} makes under watch. */
  public ServerConnectionSelector over(ServerConnectionSelector inner) {
    return new Selector(inner);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private void look() {
    long now = System.nanoTime();
    for (GuardedConnection each : open) {
      String phase = each.arrival().overdue(now);
      if (phase != null && open.remove(each)) {
        told.accept(phase);
        // Off this thread: the goodbye may block on a client that does not read.
        Thread.ofVirtual().start(() -> each.cut(goodbye.get()));
      }
    }
  }

  private final class Selector implements ServerConnectionSelector {
    private final ServerConnectionSelector inner;

    private Selector(ServerConnectionSelector inner) {
      this.inner = inner;
    }

    @Override
    public int bytesToIdentifyConnection() {
      return inner.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
      return inner.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
      return inner.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      var arrival = new Arrival(deadlines);
      var guarded = new GuardedContext(context, arrival);
      return new GuardedConnection(inner.connection(guarded), context, arrival, open);
    }
  }
}
