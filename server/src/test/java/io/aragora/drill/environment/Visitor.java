package io.aragora.drill.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.drill.rig.Door;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Until;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A program that asks one node, over connections it keeps. */
final class Visitor {
  /** What is kept of a failure to reach the node at all. */
  static final int UNREACHABLE = 0;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final NodeProcess node;
  private final String key;

  Visitor(NodeProcess node, String key) {
    this.node = node;
    this.key = key;
  }

  Door.Got get(String path) {
    return send("GET", path, new byte[0]);
  }

  Door.Got post(String path, String json, String... headers) {
    return send("POST", path, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
  }

  /** The answer, or {@link #UNREACHABLE} where none came. */
  Door.Got send(String verb, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(node.url().resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                verb,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (int at = 0; at < headers.length; at += 2) {
      request.setHeader(headers[at], headers[at + 1]);
    }
    try {
      HttpResponse<byte[]> got = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new Door.Got(got.statusCode(), got.body());
    } catch (IOException unreachable) {
      return new Door.Got(UNREACHABLE, unreachable.toString().getBytes());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Door.Got(UNREACHABLE, new byte[0]);
    }
  }

  /** Opens a debate under a key of its own, again and again until it is acknowledged. */
  Optional<UUID> open(String json, Duration longest) {
    String once = UUID.randomUUID().toString();
    var got = new Door.Got[1];
    boolean opened =
        Until.isTrue(
            longest,
            () -> {
              got[0] = post("/api/v1/debates", json, "Idempotency-Key", once);
              if (got[0].status() / 100 == 4 && !got[0].json().path("retryable").asBoolean()) {
                throw new IllegalStateException("a debate was refused: " + got[0].text());
              }
              return got[0].status() == 202 || got[0].status() == 200;
            });
    return opened
        ? Optional.of(UUID.fromString(got[0].json().path("id").asText()))
        : Optional.empty();
  }

  /** The debate once it has its receipt, or as it stands after that time. */
  JsonNode ended(UUID debate, Duration longest) {
    var last = new JsonNode[] {Json.object()};
    boolean unused =
        Until.isTrue(
            longest,
            () -> {
              Door.Got got = get("/api/v1/debates/" + debate);
              if (got.status() == 200) {
                last[0] = got.json();
              }
              return !last[0].path("receipt_id").asText("").isEmpty();
            });
    return last[0];
  }
}
