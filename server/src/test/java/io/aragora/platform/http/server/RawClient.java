package io.aragora.platform.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told, byte by byte. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
  }

  RawClient say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Everything until the server closes. */
  String hearAll() throws IOException {
    var all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      in.transferTo(all);
    } catch (java.net.SocketException reset) {
      // A reset ends the line as well.
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Everything up to and with {@code end}, or what there was when the server closed. */
  String hearUntil(String end) throws IOException {
    var all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      all.write(next);
      if (all.toString(StandardCharsets.UTF_8).endsWith(end)) {
        break;
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Says one byte each {@code millis} until the server has closed; tells how long that took. */
  long trickle(char each, long millis) throws Exception {
    long began = System.nanoTime();
    socket.setSoTimeout((int) millis);
    while (System.nanoTime() - began < 30_000_000_000L) {
      try {
        say("" + each);
        while (socket.getInputStream().read() >= 0) {
          // The answer, if there is one, comes before the end.
        }
        break;
      } catch (java.net.SocketTimeoutException stillOpen) {
        continue;
      } catch (java.net.SocketException closed) {
        break;
      }
    }
    return (System.nanoTime() - began) / 1_000_000;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
