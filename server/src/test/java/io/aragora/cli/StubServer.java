package io.aragora.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Speaks the API's wire form on loopback with answers a test lays out, and keeps what it heard. */
final class StubServer implements AutoCloseable {
  /** One request as it arrived. */
  record Heard(String call, String body, String key, String lastEventId) {}

  private final HttpServer server;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  StubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Heard> heard() {
    return heard;
  }

  /** Answers a path: the first time with the first text, and the last text for ever after. */
  StubServer answer(String path, int status, String... texts) {
    var left = new ArrayList<>(List.of(texts));
    server.createContext(
        path,
        exchange -> {
          note(exchange);
          var text = left.size() > 1 ? left.removeFirst() : left.getFirst();
          send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
        });
    return this;
  }

  /** Streams events after the one asked for; each connection breaks off after {@code atOnce}. */
  StubServer events(String path, int atOnce, List<String> events) {
    server.createContext(
        path,
        exchange -> {
          note(exchange);
          var last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
          int from = Integer.parseInt(last);
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          var text = new StringBuilder(":\n\nevent: text.delta\ndata: {\"texts\":[]}\n\n");
          for (int at = from; at < Math.min(from + atOnce, events.size()); at++) {
            text.append("id: %d\ndata: %s\n\n".formatted(at + 1, events.get(at)));
          }
          exchange.getResponseBody().write(text.toString().getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void note(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    heard.add(
        new Heard(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            String.valueOf(headers.getFirst("Authorization")),
            String.valueOf(headers.getFirst("Last-Event-ID"))));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
