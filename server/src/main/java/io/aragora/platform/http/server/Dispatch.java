package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.guard.Arrival;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import io.aragora.platform.observe.RequestScope;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All methods of one path, or of no path: each request is answered and told of exactly once. */
final class Dispatch implements Handler {
  private final List<Endpoint> endpoints;
  private final Pipeline pipeline;
  private final Permits permits;
  private final Meters meters;
  private final InstantSource clock;
  private final Health health;
  private final Front front;

  Dispatch(
      List<Endpoint> endpoints, Pipeline pipeline, Permits permits, Front front, HttpParts parts) {
    this.endpoints = List.copyOf(endpoints);
    this.pipeline = pipeline;
    this.permits = permits;
    this.front = front;
    this.meters = parts.meters();
    this.clock = parts.clock();
    this.health = parts.health();
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Arrival.current().ifPresent(Arrival::headArrived);
    var trace =
        new Trace(RequestScope.accept(offeredId(request)), clock.instant(), front.sender(request));
    RequestScope.run(
        trace.requestId(),
        () -> {
          try {
            serve(request, response, trace);
          } finally {
            tell(request, response, trace);
          }
        });
  }

  private void serve(ServerRequest request, ServerResponse response, Trace trace) {
    front.tell(trace.sender(), response);
    var incoming = new Incoming(request);
    var replies = new Replies(request, response, incoming, trace, health);
    Permits.Place place = null;
    try {
      front.refuseOtherSites(request, trace.sender());
      Endpoint endpoint = endpoint(request.prologue().method().text());
      trace.matched(endpoint.operation());
      incoming.declared(endpoint.operation());
      place = isHealth(endpoint) ? permits.always() : permits.request();
      Reply reply = pipeline.answer(endpoint, request, incoming, trace);
      if (reply.body() instanceof Reply.StreamBody) {
        place.close();
        place = permits.stream();
      }
      replies.send(reply);
    } catch (CloseConnectionException gone) {
      throw gone;
    } catch (UncheckedIOException | DataReader.InsufficientDataAvailableException gone) {
      throw new CloseConnectionException("the client left", gone);
    } catch (RuntimeException wrong) {
      replies.send(problem(wrong, request, trace));
    } finally {
      if (place != null) {
        place.close();
      }
    }
  }

  private Reply problem(RuntimeException wrong, ServerRequest request, Trace trace) {
    Refusal refusal = Problems.refusal(wrong);
    var reply = Problems.reply(refusal, request.path().rawPath(), trace.requestId());
    return refusal.code() == ErrorCode.METHOD_NOT_ALLOWED ? reply.with("Allow", allowed()) : reply;
  }

  private Endpoint endpoint(String verb) {
    if (endpoints.isEmpty()) {
      throw Refusal.of(ErrorCode.NOT_FOUND, "there is nothing at this path");
    }
    return endpoints.stream()
        .filter(each -> each.operation().verb().equals(verb))
        .findFirst()
        .orElseThrow(
            () -> Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "this path knows " + allowed()));
  }

  private String allowed() {
    return endpoints.stream()
        .map(each -> each.operation().verb())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean isHealth(Endpoint endpoint) {
    return endpoint.operation().noun().equals("health");
  }

  private static Optional<String> offeredId(ServerRequest request) {
    return request.headers().first(ProtocolProblems.REQUEST_ID);
  }

  private void tell(ServerRequest request, ServerResponse response, Trace trace) {
    meters.request(trace.operation(), response.status().code(), Duration.ofNanos(trace.nanos()));
    RequestLog.write(
        request.prologue().method().text(),
        trace,
        response.status().code(),
        response.bytesWritten());
  }
}
