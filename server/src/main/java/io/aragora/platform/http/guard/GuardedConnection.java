package io.aragora.platform.http.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;

/** One connection under watch: known to the guard from its first moment to its last. */
final class GuardedConnection implements ServerConnection {
  private final ServerConnection inner;
  private final ConnectionContext socket;
  private final Arrival arrival;
  private final Set<GuardedConnection> open;

  GuardedConnection(
      ServerConnection inner,
      ConnectionContext socket,
      Arrival arrival,
      Set<GuardedConnection> open) {
    this.inner = inner;
    this.socket = socket;
    this.arrival = arrival;
    this.open = open;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    open.add(this);
    try {
      ScopedValue.where(Arrival.CURRENT, arrival)
          .<Boolean, InterruptedException>call(
              () -> {
                inner.handle(limit);
                return true;
              });
    } finally {
      open.remove(this);
    }
  }

  @Override
  public Duration idleTime() {
    return inner.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    inner.close(interrupt);
  }

  Arrival arrival() {
    return arrival;
  }

  /** Says goodbye if nothing was answered yet, then closes the socket under the reader's feet. */
  void cut(byte[] goodbye) {
    arrival.markCut();
    boolean owed = arrival.isOwedAnswer();
    try {
      if (owed) {
        socket.dataWriter().writeNow(BufferData.create(goodbye));
      }
    } catch (RuntimeException gone) {
      // The client left first: closing is all that remains.
    } finally {
      close();
    }
  }

  private void close() {
    try {
      socket.serverSocket().close();
    } catch (RuntimeException closed) {
      // The client's going closed it already.
    }
  }
}
