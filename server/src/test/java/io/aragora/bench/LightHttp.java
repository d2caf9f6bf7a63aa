package io.aragora.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An HTTP client that costs next to nothing: plain sockets, kept open and used again. */
final class LightHttp implements AutoCloseable {
  private final int port;
  private final String key;
  private final Queue<Line> idle = new ConcurrentLinkedQueue<>();

  LightHttp(int port, String key) {
    this.port = port;
    this.key = key;
  }

  /** A whole reply. */
  record Reply(int status, String body) {}

  private record Answer(Reply reply, boolean isLast) {}

  private record Line(Socket socket, InputStream in) {}

  Reply get(String path) throws IOException {
    return ask("GET " + path + head(""));
  }

  Reply post(String path, String body) throws IOException {
    return post(path, body, "");
  }

  /** With more headers, each ended by a line break. */
  Reply post(String path, String body, String headers) throws IOException {
    int length = body.getBytes(UTF_8).length;
    String more = headers + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n";
    return ask("POST " + path + head(more) + body);
  }

  /** Asks for a stream and hands out the open connection; nothing of the reply is read. */
  Socket open(String path) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(("GET " + path + head("")).getBytes(UTF_8));
    return socket;
  }

  @Override
  public void close() throws IOException {
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      line.socket().close();
    }
  }

  private String head(String more) {
    return " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key + "\r\n" + more + "\r\n";
  }

  private Reply ask(String request) throws IOException {
    Line line = idle.poll();
    if (line == null) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      line = new Line(socket, new BufferedInputStream(socket.getInputStream()));
    }
    line.socket().getOutputStream().write(request.getBytes(UTF_8));
    Answer answer = read(line.in());
    if (answer.isLast()) {
      line.socket().close();
    } else {
      idle.add(line);
    }
    return answer.reply();
  }

  private static Answer read(InputStream in) throws IOException {
    int status = Integer.parseInt(text(in).split(" ")[1]);
    int length = -1;
    boolean isLast = false;
    for (String header = text(in); !header.isEmpty(); header = text(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      isLast |= lower.startsWith("connection:") && lower.endsWith("close");
    }
    byte[] body = length < 0 ? chunks(in) : in.readNBytes(length);
    return new Answer(new Reply(status, new String(body, UTF_8)), isLast);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      all.write(in.readNBytes(size));
      text(in);
    }
    text(in);
    return all.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(text(in).strip(), 16);
  }

  /** One line without its end. */
  static String text(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(UTF_8);
  }
}
