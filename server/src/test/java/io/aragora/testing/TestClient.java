package io.aragora.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Speaks to a test appliance as any program would; every JSON answer is held against the spec. */
public final class TestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final ScopedValue<Disguise> DISGUISE = ScopedValue.newInstance();

  private final int port;
  private final String key;
  private final ResponseValidator validator;

  TestClient(int port, String key) {
    this.port = port;
    this.key = key;
    this.validator = ResponseValidator.of(description());
  }

  private TestClient(int port, String key, ResponseValidator validator) {
    this.port = port;
    this.key = key;
    this.validator = validator;
  }

  /** Sends what {@code request} sends, whoever it is written for, as somebody else. */
  public static Got disguised(Disguise as, Supplier<Got> request) {
    return ScopedValue.where(DISGUISE, as).call(request::get);
  }

  /** Other credentials than a request was made with, as headers, and another path. */
  public record Disguise(List<String> credentials, UnaryOperator<String> address) {
    private static final Set<String> CREDENTIALS =
        Set.of("Authorization", "Cookie", "X-CSRF-Token");

    public Disguise {
      credentials = List.copyOf(credentials);
    }

    /** Somebody with this key. */
    public static List<String> key(String secret) {
      return List.of("Authorization", "Bearer " + secret);
    }

    private List<String> over(List<String> headers) {
      var all = new ArrayList<>(credentials);
      for (int at = 0; at < headers.size(); at += 2) {
        if (!CREDENTIALS.contains(headers.get(at))) {
          all.addAll(headers.subList(at, at + 2));
        }
      }
      return all;
    }
  }

  /** The same client with another key; the server's description is not read again. */
  TestClient with(String otherKey) {
    return new TestClient(port, otherKey, validator);
  }

  /** An answer: status, headers and body. */
  public record Got(int status, HttpResponse<byte[]> raw) {
    public String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return Json.tree(raw.body());
    }

    public String code() {
      return json().path("code").asText();
    }
  }

  public Got get(String path) {
    return send("GET", path, null, List.of());
  }

  public Got post(String path, String json, String... headers) {
    return send("POST", path, json.getBytes(StandardCharsets.UTF_8), List.of(headers));
  }

  public Got put(String path, String json, String... headers) {
    return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), List.of(headers));
  }

  /** Attaches a text and returns its SHA-256. */
  public String attach(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = io.aragora.platform.crypto.Sha256.of(bytes).hex();
    Got kept =
        send(
            "PUT",
            "/api/v1/evidence/" + sha256 + "?name=" + name,
            bytes,
            List.of("Content-Type", "application/octet-stream"));
    if (kept.status() != 200) {
      throw new IllegalStateException(kept.text());
    }
    return sha256;
  }

  /** Opens a debate and waits for its end. */
  public JsonNode decide(String json) {
    Got opened = post("/api/v1/debates", json, "Prefer", "wait=60");
    if (opened.status() != 200) {
      throw new IllegalStateException(opened.status() + " " + opened.text());
    }
    return opened.json();
  }

  /** The lines of an event stream from its start, until the server ends it. */
  public Stream<String> events(UUID debate, long after) {
    try {
      HttpRequest request =
          request("/api/v1/debates/" + debate + "/events")
              .header("Last-Event-ID", Long.toString(after))
              .build();
      return HTTP.send(request, BodyHandlers.ofLines()).body();
    } catch (IOException | InterruptedException bad) {
      throw new IllegalStateException(bad);
    }
  }

  /** A long answer as far as it comes: one that breaks off is given as it is. */
  public Got getAsFarAsItComes(String path) {
    if (DISGUISE.isBound()) {
      return send("GET", path, null, List.of());
    }
    try {
      var head = HTTP.send(request(path).build(), BodyHandlers.ofInputStream());
      return new Got(head.statusCode(), PartialAnswer.of(head));
    } catch (IOException | InterruptedException bad) {
      throw new IllegalStateException("GET " + path, bad);
    }
  }

  public Got send(
      String verb,
      String path,
      byte @org.jspecify.annotations.Nullable [] body,
      List<String> headers) {
    if (DISGUISE.isBound()) {
      Disguise as = DISGUISE.get();
      return new TestClient(port, "", validator)
          .sent(verb, as.address().apply(path), body, as.over(headers));
    }
    return sent(verb, path, body, headers);
  }

  private Got sent(
      String verb,
      String path,
      byte @org.jspecify.annotations.Nullable [] body,
      List<String> headers) {
    try {
      var builder = request(path);
      if (body != null && !headers.contains("Content-Type")) {
        builder.header("Content-Type", "application/json");
      }
      for (int at = 0; at < headers.size(); at += 2) {
        builder.header(headers.get(at), headers.get(at + 1));
      }
      builder.method(
          verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      HttpResponse<byte[]> response = HTTP.send(builder.build(), BodyHandlers.ofByteArray());
      var faults =
          validator.faults(
              verb,
              path,
              response.statusCode(),
              response.headers().firstValue("Content-Type").orElse(""),
              response.body());
      if (!faults.isEmpty()) {
        throw new AssertionError(verb + " " + path + " is not as documented: " + faults);
      }
      return new Got(response.statusCode(), response);
    } catch (IOException | InterruptedException bad) {
      throw new IllegalStateException(verb + " " + path, bad);
    }
  }

  /** What the server says of itself. */
  private String description() {
    try {
      return HTTP.send(request("/openapi.json").build(), BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException bad) {
      throw new IllegalStateException("/openapi.json", bad);
    }
  }

  private HttpRequest.Builder request(String path) {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(90));
    return key.isEmpty() ? builder : builder.header("Authorization", "Bearer " + key);
  }
}
