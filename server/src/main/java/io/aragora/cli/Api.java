package io.aragora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressFault;
import io.aragora.platform.egress.EgressPolicy;
import io.aragora.platform.egress.EgressReply;
import io.aragora.platform.egress.EgressRequest;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One server's API as a client sees it: paths in, JSON out, refusals told in its own words. */
final class Api implements AutoCloseable {
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private final String base;
  private final String key;
  private final Egress egress;

  Api(URI url, String key) {
    this.base = url.toString().replaceFirst("/+$", "");
    this.key = key;
    this.egress = new Egress(EgressPolicy.allowing(Set.of(origin(url))));
  }

  String base() {
    return base;
  }

  JsonNode get(String path) {
    return Json.tree(bytes(path));
  }

  byte[] bytes(String path) {
    try (var reply = send("GET", path, Map.of(), null)) {
      return accepted(reply);
    }
  }

  /** A document that is sent with any status, such as that of a server that is not ready. */
  JsonNode anyway(String path) {
    try (var reply = send("GET", path, Map.of(), null)) {
      return Json.tree(reply.bytes());
    } catch (JsonFault bad) {
      throw new CliFault(ExitCode.UNREACHABLE, base + path + " does not answer in JSON");
    }
  }

  JsonNode post(String path, Object body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    try (var reply = send("POST", path, all, Json.bytes(body))) {
      return Json.tree(accepted(reply));
    }
  }

  JsonNode put(String path, byte[] body) {
    var headers = Map.of("Content-Type", "application/octet-stream");
    try (var reply = send("PUT", path, headers, body)) {
      return Json.tree(accepted(reply));
    }
  }

  /** A stream of events after the one numbered {@code last}; empty text where it is over. */
  EgressReply events(String path, long last, Duration life) {
    var headers = headers(Map.of("Accept", "text/event-stream", "Last-Event-ID", "" + last));
    var request = EgressRequest.get(URI.create(base + path), headers, MOST_BYTES);
    var reply = egress.send(request, Deadline.in(life));
    if (reply.status() >= 400) {
      try (reply) {
        accepted(reply);
      }
    }
    return reply;
  }

  @Override
  public void close() {
    egress.close();
  }

  private EgressReply send(
      String method, String path, Map<String, String> headers, byte @Nullable [] body) {
    var request =
        new EgressRequest(method, URI.create(base + path), headers(headers), body, MOST_BYTES, 0);
    try {
      return egress.send(request, Deadline.in(PATIENCE));
    } catch (EgressFault bad) {
      throw unreachable(bad);
    }
  }

  private Map<String, String> headers(Map<String, String> more) {
    var all = new HashMap<>(more);
    if (!key.isEmpty()) {
      all.put("Authorization", "Bearer " + key);
    }
    return all;
  }

  private byte[] accepted(EgressReply reply) {
    byte[] body;
    try {
      body = reply.bytes();
    } catch (EgressFault bad) {
      throw unreachable(bad);
    }
    if (reply.status() >= 400) {
      throw new CliFault(ExitCode.REFUSED, told(reply.status(), body));
    }
    return body;
  }

  private CliFault unreachable(EgressFault bad) {
    return new CliFault(
        ExitCode.UNREACHABLE,
        "%s does not answer (%s): start the server with ops/quickstart or correct --url"
            .formatted(base, bad.getMessage()));
  }

  /** A problem document in words; anything else by its status and first line. */
  private static String told(int status, byte[] body) {
    try {
      var problem = Json.tree(body);
      var text = new StringBuilder("the server refused: ");
      text.append(problem.path("title").asText("status " + status));
      text.append(" (%s)".formatted(problem.path("code").asText()));
      text.append(problem.path("errors").isEmpty() ? ": " + detail(problem) : faults(problem));
      return text.append("%n  trace %s".formatted(problem.path("trace_id").asText())).toString();
    } catch (JsonFault notJson) {
      var first = new String(body, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      return "the server answered %d: %s".formatted(status, first);
    }
  }

  /** A line for each fault; they say more than the detail, which is the first of them. */
  private static String faults(JsonNode problem) {
    var lines = new StringBuilder();
    for (JsonNode fault : problem.path("errors")) {
      var where = fault.path("pointer").asText();
      lines.append("%n  ".formatted()).append(where.isEmpty() ? "" : where + " ");
      lines.append(fault.path("message").asText());
    }
    return lines.toString();
  }

  private static String detail(JsonNode problem) {
    return problem.path("detail").asText("no detail");
  }

  private static URI origin(URI url) {
    if (url.getHost() == null || url.getScheme() == null) {
      throw CliFault.usage("not the address of a server: " + url);
    }
    return url;
  }
}
