package io.aragora.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback server that writes exactly the bytes a test wants, HTTP or not. */
public final class RawServer implements AutoCloseable {
  /** A request as it came in. */
  public record Heard(String method, String path, Map<String, String> headers, byte[] body) {}

  /** What to write for a request; the connection closes when it returns. */
  @FunctionalInterface
  public interface Conversation {
    void answer(Heard heard, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(ServerSocket socket) {
    this.socket = socket;
  }

  public static RawServer answering(Conversation conversation) {
    try {
      RawServer server = new RawServer(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(() -> server.accept(conversation));
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A complete reply with a length. */
  public static byte[] reply(int status, String headers, byte[] body) {
    byte[] head =
        ("HTTP/1.1 %d Told\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, headers, body.length))
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(body);
    return all.toByteArray();
  }

  public static byte[] reply(int status, String headers, String body) {
    return reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  public int port() {
    return socket.getLocalPort();
  }

  public URI origin() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void accept(Conversation conversation) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> converse(connection, conversation));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void converse(Socket connection, Conversation conversation) {
    try (connection) {
      Heard heard = read(new BufferedInputStream(connection.getInputStream()));
      conversation.answer(heard, connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException gone) {
      // The other side left; that is its right.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Heard read(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    if (first.length < 2) {
      throw new IOException("no request line");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Heard(first[0], first[1], Map.copyOf(headers), in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
