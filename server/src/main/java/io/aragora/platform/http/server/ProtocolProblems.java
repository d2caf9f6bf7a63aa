package io.aragora.platform.http.server;

import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Problem;
import io.aragora.platform.http.guard.Arrival;
import io.aragora.platform.http.safety.SafetyHeaders;
import io.aragora.platform.json.Json;
import io.aragora.platform.observe.RequestScope;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for requests that never became one of ours: broken HTTP, too large, too slow. */
final class ProtocolProblems implements DirectHandler {
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  private final InstantSource clock;
  private final SafetyHeaders safety;

  private ProtocolProblems(InstantSource clock, SafetyHeaders safety) {
    this.clock = clock;
    this.safety = safety;
  }

  static DirectHandlers handlers(InstantSource clock, SafetyHeaders safety) {
    var handlers = DirectHandlers.builder();
    for (EventType each : EventType.values()) {
      handlers.addHandler(each, new ProtocolProblems(clock, safety));
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    Refusal refusal = refusal(status);
    String id = RequestScope.requestId().orElseGet(() -> RequestScope.accept(Optional.empty()));
    Problem problem = Problem.of(refusal, path(request), id);
    var answer =
        TransportResponse.builder()
            .status(Status.create(problem.status()))
            .headers(headers)
            .keepAlive(false)
            .header(REQUEST_ID, id)
            .header(HeaderNames.DATE, Replies.date(clock.instant()))
            .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
            .header(HeaderNames.CACHE_CONTROL, "no-store")
            .entity(Json.bytes(problem));
    safety.forEach(answer::header);
    if (problem.retryAfterMs() != null) {
      answer.header(HeaderNames.RETRY_AFTER, "1");
    }
    return answer.build();
  }

  /** The whole answer to a request that did not arrive in time. */
  static byte[] tooSlow(SafetyHeaders safety) {
    String id = RequestScope.accept(Optional.empty());
    byte[] body = Json.bytes(Problem.of(Problems.ofStatus(408), "/", id));
    String head =
        """
        HTTP/1.1 408 Request Timeout\r
        Content-Type: application/problem+json\r
        Content-Length: %d\r
        Cache-Control: no-store\r
        X-Request-Id: %s\r
        Retry-After: 1\r
        Connection: close\r
        %s\r
        """
            .formatted(body.length, id, safety.lines());
    return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  // The web server tells of all bad heads alike.
  private static Refusal refusal(Status status) {
    boolean large =
        Arrival.current()
            .map(arrival -> arrival.isHeadLongerThan(Sockets.MAX_HEADERS))
            .orElse(false);
    return status.code() == 400 && large
        ? Problems.ofStatus(431)
        : Problems.ofStatus(status.code());
  }

  private static String path(TransportRequest request) {
    String path = request.path();
    return path == null || path.isEmpty() ? "/" : path;
  }
}
