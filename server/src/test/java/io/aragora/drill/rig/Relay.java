package io.aragora.drill.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes connections to a loopback port, for a node that cannot reach this machine's loopback. */
public final class Relay implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;

  private Relay(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
  }

  public static Relay from(String address, int target) throws IOException {
    var relay = new Relay(new ServerSocket(0, 128, InetAddress.getByName(address)), target);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  public int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket near = socket.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
      } catch (IOException closedOrRefused) {
        // A refused connection ends on the other side by itself; a closed relay ends the loop.
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // Whoever hung up, both ends are closed now.
    }
  }
}
