package io.aragora.platform.http.server;

import io.aragora.platform.http.Reply;
import io.aragora.platform.http.guard.Arrival;
import io.aragora.platform.json.Json;
import io.aragora.platform.observe.Health;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the reply to one request, with the headers every answer has. */
final class Replies {
  static final String API_VERSION = "1";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ServerRequest request;
  private final ServerResponse response;
  private final Incoming incoming;
  private final Trace trace;
  private final Health health;

  Replies(
      ServerRequest request,
      ServerResponse response,
      Incoming incoming,
      Trace trace,
      Health health) {
    this.request = request;
    this.response = response;
    this.incoming = incoming;
    this.trace = trace;
    this.health = health;
  }

  void send(Reply reply) {
    if (response.isSent()) {
      throw new CloseConnectionException("the answer broke off: its head is already sent");
    }
    // A stopping node says goodbye with its last answer, so that nobody sends into a closing line.
    boolean goesOn = incoming.finish() && !health.isDraining();
    response.status(reply.status());
    standardHeaders();
    reply.headers().forEach(response::header);
    if (!goesOn) {
      response.header(HeaderNames.CONNECTION, "close");
    }
    body(reply);
    if (!goesOn && reply.body() instanceof Reply.StreamBody) {
      // Cut off here, a stream would lose its last chunk: the guard closes the line a little later.
      Arrival.current().ifPresent(Arrival::answeredLast);
      return;
    }
    Arrival.current().ifPresent(Arrival::answered);
    if (!goesOn) {
      incoming.linger();
      // Left alone, the web server would read what is left of the body as the next request, and
      // would keep a connection open that both sides declared closed.
      throw new CloseConnectionException("the connection was to end");
    }
  }

  private void body(Reply reply) {
    switch (reply.body()) {
      case Reply.JsonBody(Object value) -> bytes("application/json", Json.bytes(value));
      case Reply.SecretBody(Object value) -> bytes("application/json", Json.bytes(value));
      case Reply.BytesBody(String mediaType, byte[] bytes) -> bytes(mediaType, bytes);
      case Reply.NoBody() -> response.send();
      case Reply.StreamBody stream ->
          new StreamReply(request, response, trace.requestId()).send(stream);
    }
  }

  private void bytes(String mediaType, byte[] bytes) {
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    if (request.prologue().method() == Method.HEAD) {
      response.send();
    } else {
      response.send(bytes);
    }
  }

  /** The time as HTTP writes it; the web server's own is in the machine's time zone. */
  static String date(Instant time) {
    return HTTP_DATE.format(time);
  }

  private void standardHeaders() {
    response.header(HeaderNames.DATE, date(trace.began()));
    response.header(ProtocolProblems.REQUEST_ID, trace.requestId());
    response.header("X-Api-Version", API_VERSION);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    trace.allowance().ifPresent(left -> left.tell(response::header));
  }
}
