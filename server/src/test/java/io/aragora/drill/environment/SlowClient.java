package io.aragora.drill.environment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** One connection that takes its time: it sends a byte a second, or reads nothing. */
final class SlowClient implements AutoCloseable {
  /** What it is slow at. */
  enum Way {
    HEAD,
    BODY,
    EVENTS
  }

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Way way;
  private final Socket socket;
  private final long start = System.nanoTime();
  private volatile long end;
  private volatile boolean refused;

  private SlowClient(Way way, Socket socket) {
    this.way = way;
    this.socket = socket;
  }

  static SlowClient open(Way way, URI node, String key, UUID debate) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), 10_000);
    var client = new SlowClient(way, socket);
    client.write(
        switch (way) {
          case HEAD -> "GET /api/v1/debates HTTP/1.1\r\nHost: a\r\nX-Slow: ";
          case BODY ->
              "POST /api/v1/debates HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                  + key
                  + "\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{";
          case EVENTS ->
              "GET /api/v1/debates/"
                  + debate
                  + "/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                  + key
                  + "\r\n\r\n";
        });
    if (client.isHalfOpen()) {
      Thread.ofVirtual().start(client::trickle);
      Thread.ofVirtual().start(client::listen);
    }
    return client;
  }

  boolean isHalfOpen() {
    return way != Way.EVENTS;
  }

  /** Whether the server hung up. */
  boolean isOver() {
    return end != 0;
  }

  /** Whether it was told to go before it had time to be slow. */
  boolean wasRefused() {
    return refused;
  }

  /** How long the server put up with it. */
  double seconds() {
    return Math.round((end - start) / 1e7) / 100.0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
  }

  private void trickle() {
    try {
      while (!isOver()) {
        Thread.sleep(PAUSE);
        write(" ");
      }
    } catch (IOException | InterruptedException cut) {
      // What matters is when the server hung up; the listener notices that.
    }
  }

  private void listen() {
    try {
      boolean first = true;
      while (socket.getInputStream().read() >= 0) {
        refused = refused || first && System.nanoTime() - start < 2_000_000_000L;
        first = false;
      }
    } catch (IOException reset) {
      // Also a way to hang up.
    }
    end = System.nanoTime();
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
