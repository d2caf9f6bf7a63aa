package io.aragora.drill.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Speaks HTTP to one node. Each read has a time limit of its own, for a frozen node neither answers
 * nor hangs up.
 */
public record Door(URI node, String key) {
  static {
    // The JDK would repeat a POST by itself; only the drill may repeat, for it keeps the record.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 20_000;

  /** An answer. */
  public record Got(int status, byte[] body) {
    public JsonNode json() {
      return Json.tree(body);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public Got get(String path) throws IOException {
    return finish(open("GET", path, Map.of()));
  }

  /** Its status alone: what answers may be a stream that does not end. */
  public int status(String path) throws IOException {
    HttpURLConnection connection = open("GET", path, Map.of());
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  public Got post(String path, String json, Map<String, String> headers) throws IOException {
    HttpURLConnection connection = open("POST", path, headers);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    return finish(connection);
  }

  /** What is done with a line of a stream; false ends the reading. */
  @FunctionalInterface
  public interface Line {
    boolean read(String line);
  }

  /** Reads a stream of lines until it or the reader ends; returns the status. */
  public int lines(String path, Map<String, String> headers, Line reader) throws IOException {
    HttpURLConnection connection = open("GET", path, headers);
    int status = connection.getResponseCode();
    if (status == 200) {
      try (var lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        while (line != null && reader.read(line)) {
          line = lines.readLine();
        }
      } finally {
        connection.disconnect();
      }
    }
    return status;
  }

  private HttpURLConnection open(String verb, String path, Map<String, String> headers)
      throws IOException {
    var connection = (HttpURLConnection) node.resolve(path).toURL().openConnection();
    connection.setRequestMethod(verb);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("Authorization", "Bearer " + key);
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static Got finish(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new Got(status, body == null ? new byte[0] : body.readAllBytes());
  }
}
