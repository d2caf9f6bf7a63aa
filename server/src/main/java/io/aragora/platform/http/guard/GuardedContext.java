package io.aragora.platform.http.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A connection's context whose reader and writer tell the guard what passes. */
final class GuardedContext implements ConnectionContext {
  private final ConnectionContext inner;
  private final Arrival arrival;
  private final DataReader reader;
  private final DataWriter writer;

  GuardedContext(ConnectionContext inner, Arrival arrival) {
    this.inner = inner;
    this.arrival = arrival;
    this.reader = DataReader.create(this::read);
    this.writer = new Writer(inner.dataWriter(), arrival);
  }

  /** More bytes of the client; null at the end, as the reader wants it. */
  @SuppressWarnings("NullAway") // the reader's supplier is outside JSpecify
  private byte @Nullable [] read() {
    if (arrival.phase() == Arrival.Phase.IDLE && reader.available() > 0) {
      // Part of the next request came with the last one.
      arrival.received(0);
    }
    try {
      DataReader source = inner.dataReader();
      source.ensureAvailable();
      byte[] bytes = source.readBytes(source.available());
      arrival.received(bytes.length);
      return bytes;
    } catch (DataReader.InsufficientDataAvailableException end) {
      return null;
    } catch (RuntimeException broken) {
      throw arrival.isCut() ? new CloseConnectionException("cut for slowness", broken) : broken;
    }
  }

  @Override
  public ListenerContext listenerContext() {
    return inner.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return inner.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public Router router() {
    return inner.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return inner.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return inner.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return inner.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return inner.localPeer();
  }

  @Override
  public boolean isSecure() {
    return inner.isSecure();
  }

  @Override
  public String socketId() {
    return inner.socketId();
  }

  @Override
  public String childSocketId() {
    return inner.childSocketId();
  }

  /** Notes when a write begins and ends, so that a reader who stopped reading is noticed. */
  private record Writer(DataWriter inner, Arrival arrival) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      timed(() -> inner.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
      timed(() -> inner.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
      timed(() -> inner.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
      timed(() -> inner.writeNow(buffer));
    }

    @Override
    public void flush() {
      timed(inner::flush);
    }

    @Override
    public void close() {
      inner.close();
    }

    private void timed(Runnable write) {
      arrival.writeBegins();
      try {
        write.run();
      } finally {
        arrival.writeEnds();
      }
    }
  }
}
