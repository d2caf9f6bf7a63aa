package io.aragora.drill.environment;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Makes a request from an API description and a seed; the same seed makes the same request. */
final class RandomRequests {
  /** One request; a stranger has no key, or one that is wrong. */
  record Made(
      String verb, String path, Map<String, String> headers, byte[] body, boolean isStranger) {
    @Override
    public String toString() {
      return "%s %s %s"
          .formatted(
              verb, path, new String(body, 0, Math.min(300, body.length), StandardCharsets.UTF_8));
    }
  }

  private record Operation(String verb, String path, JsonNode told) {}

  private static final List<String> ODD =
      List.of(
          "",
          "0",
          "-1",
          "1e999",
          "null",
          "true",
          "\u0000",
          "..",
          "../../etc/passwd",
          "%",
          "%00",
          "é",
          "\uD83D\uDE00",
          "' or 1=1 --",
          "<script>",
          "9".repeat(40),
          "x".repeat(3_000),
          "2026-02-30",
          "00000000-0000-0000-0000-000000000000",
          "{}",
          "[]",
          "\n",
          "a b");

  private final List<Operation> operations = new ArrayList<>();
  private final RandomBodies bodies;
  private final String key;
  private final String strangersKey;

  RandomRequests(JsonNode description, String key, String strangersKey) {
    this.key = key;
    this.strangersKey = strangersKey;
    this.bodies = new RandomBodies(description);
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            operations.add(
                                new Operation(
                                    verb.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    verb.getValue()))));
  }

  Made make(long seed) {
    var random = new Random(seed);
    Operation operation = operations.get(random.nextInt(operations.size()));
    var headers = new HashMap<String, String>();
    boolean isOpen =
        !operation.told().has("security") || operation.told().path("security").isEmpty();
    boolean stranger = authorize(random, headers) && !isOpen;
    byte[] body = bodies.of(operation.told().path("requestBody"), random, headers);
    if (random.nextInt(8) == 0) {
      headers.put(
          "Idempotency-Key", random.nextBoolean() ? "fuzz-" + random.nextInt(50) : header(random));
    }
    for (String name : List.of("Prefer", "Last-Event-ID", "If-Match", "Accept")) {
      if (random.nextInt(12) == 0) {
        headers.put(name, header(random));
      }
    }
    return new Made(operation.verb(), path(operation, random), Map.copyOf(headers), body, stranger);
  }

  /** Returns whether nothing may be answered but a refusal. */
  private boolean authorize(Random random, Map<String, String> headers) {
    switch (random.nextInt(10)) {
      case 0 -> {
        return true;
      }
      case 1 -> headers.put("Authorization", "Bearer " + key.substring(0, key.length() - 1) + "!");
      case 2 -> headers.put("Authorization", "Basic " + header(random));
      case 3 -> {
        headers.put("Authorization", "Bearer " + strangersKey);
        return false;
      }
      default -> {
        headers.put("Authorization", "Bearer " + key);
        return false;
      }
    }
    return true;
  }

  private static String path(Operation operation, Random random) {
    var path = new StringBuilder(operation.path());
    for (int at = path.indexOf("{"); at >= 0; at = path.indexOf("{")) {
      path.replace(at, path.indexOf("}") + 1, encoded(segment(random)));
    }
    char before = '?';
    for (JsonNode each : operation.told().path("parameters")) {
      if (each.path("in").asText().equals("query") && random.nextInt(3) == 0) {
        path.append(before)
            .append(each.path("name").asText())
            .append('=')
            .append(encoded(odd(random)));
        before = '&';
      }
    }
    return path.toString();
  }

  private static String segment(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
      case 1 -> "" + random.nextInt(300);
      case 2 -> "%03d".formatted(random.nextInt(1_000)) + (random.nextBoolean() ? ".p/" : "");
      default -> odd(random).isEmpty() ? "x" : "x" + odd(random);
    };
  }

  static String odd(Random random) {
    return ODD.get(random.nextInt(ODD.size()));
  }

  /** Header values are visible ASCII; a client would not send others. */
  private static String header(Random random) {
    return odd(random).replaceAll("[^ -~]", "?");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
