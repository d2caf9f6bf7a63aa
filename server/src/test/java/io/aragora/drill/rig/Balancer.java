package io.aragora.drill.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A small load balancer for machines without HAProxy: each connection goes to a node that was ready
 * twice in a row, looked at every half second.
 */
final class Balancer implements Proxy {
  private static final Duration PACE = Duration.ofMillis(500);
  private static final int RISE = 2;

  private final ServerSocket socket;
  private final ConcurrentMap<Integer, Integer> goodInARow = new ConcurrentHashMap<>();

  Balancer(List<Integer> nodes) {
    nodes.forEach(port -> goodInARow.put(port, 0));
    try {
      socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
    Thread.ofVirtual().start(this::check);
    Thread.ofVirtual().start(this::accept);
  }

  @Override
  public String name() {
    return "built in";
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private void check() {
    while (!socket.isClosed()) {
      goodInARow.replaceAll((port, good) -> isReady(port) ? good + 1 : 0);
      Until.passed(PACE);
    }
  }

  private static boolean isReady(int port) {
    try {
      var asked =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
      asked.setConnectTimeout(1_000);
      asked.setReadTimeout(1_000);
      int status = asked.getResponseCode();
      asked.disconnect();
      return status == 200;
    } catch (IOException down) {
      return false;
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    List<Integer> ready = new ArrayList<>();
    for (Map.Entry<Integer, Integer> each : goodInARow.entrySet()) {
      if (each.getValue() >= RISE) {
        ready.add(each.getKey());
      }
    }
    try (client;
        var node = new Socket()) {
      if (ready.isEmpty()) {
        return;
      }
      int port = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
      node.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
      Thread up = Thread.ofVirtual().start(() -> pump(client, node));
      pump(node, client);
      up.join(Duration.ofSeconds(1));
    } catch (IOException | InterruptedException gone) {
      // Whoever is still there notices by its own end of the line.
    }
  }

  /** Carries bytes one way, and the end of them too. */
  private static void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        out.write(buffer, 0, got);
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      // The other direction ends by the same fault.
    }
  }
}
