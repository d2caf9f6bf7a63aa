package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Fault;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.http.Problem;
import io.aragora.platform.http.Reply;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Turns whatever went wrong into the refusal a caller may see, and that into an answer. */
final class Problems {
  private static final System.Logger LOG = System.getLogger("aragora.http");

  private Problems() {}

  /** What the caller is told of {@code wrong}; what is our fault is logged with its whole story. */
  static Refusal refusal(Throwable wrong) {
    return switch (wrong) {
      case Refusal refusal -> refusal;
      case JsonFault fault -> ofJson(fault);
      case DatabaseFault fault -> ofDatabase(fault);
      case RequestException http -> ofStatus(http.status().code());
      case HttpException http -> ofStatus(http.status().code());
      default -> mistake(wrong);
    };
  }

  static Reply reply(Refusal refusal, String path, String requestId) {
    Problem problem = Problem.of(refusal, path, requestId);
    var reply = Reply.bytes(problem.status(), Problem.MEDIA_TYPE, Json.bytes(problem));
    if (problem.retryAfterMs() != null) {
      reply = reply.with("Retry-After", "" + Math.max(1, (problem.retryAfterMs() + 999) / 1000));
    }
    if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
      reply = reply.with("WWW-Authenticate", "Bearer realm=\"aragora\"");
    }
    return reply;
  }

  /** The refusal that says what an HTTP status of the web server's own says. */
  static Refusal ofStatus(int status) {
    return switch (status) {
      case 401 -> Refusal.of(ErrorCode.UNAUTHENTICATED, "send an API key");
      case 403 -> Refusal.of(ErrorCode.FORBIDDEN, "this is not allowed");
      case 404 -> Refusal.of(ErrorCode.NOT_FOUND, "there is nothing at this path");
      case 405 -> Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "the path does not know this method");
      case 408 -> Refusal.of(ErrorCode.REQUEST_TIMEOUT, "the request came too slowly");
      case 413 -> Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, "the body is larger than any accepted");
      case 415 -> Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "this media type is not accepted");
      case 431 -> Refusal.of(ErrorCode.HEADERS_TOO_LARGE, "the headers are larger than accepted");
      case 503 ->
          Refusal.retryLater(
              ErrorCode.TOO_MANY_REQUESTS, "all places are taken", Duration.ofSeconds(1));
      default ->
          status < 500
              ? Refusal.of(ErrorCode.BAD_REQUEST, "the request is not acceptable HTTP")
              : Refusal.of(ErrorCode.INTERNAL, "the request could not be served");
    };
  }

  private static Refusal ofJson(JsonFault fault) {
    var at = List.of(new Fault(fault.pointer(), fault.rule(), fault.message()));
    return switch (fault.rule()) {
      case "syntax", "encoding", "empty" -> Refusal.of(ErrorCode.INVALID_JSON, fault.message(), at);
      default -> Refusal.of(ErrorCode.INVALID_INPUT, fault.message(), at);
    };
  }

  private static Refusal ofDatabase(DatabaseFault fault) {
    return switch (fault.kind()) {
      case UNAVAILABLE, RETRY -> {
        LOG.log(Level.WARNING, "the database did not answer: {0}", fault.kind());
        yield Refusal.retryLater(
            ErrorCode.DATABASE_UNAVAILABLE, "the database is not there", Duration.ofSeconds(2));
      }
      case FULL -> {
        LOG.log(Level.ERROR, "the database has no space left");
        yield Refusal.retryLater(
            ErrorCode.STORAGE_FULL, "there is no space left to write", Duration.ofSeconds(30));
      }
      case DUPLICATE, BUG -> mistake(fault);
    };
  }

  private static Refusal mistake(Throwable wrong) {
    LOG.log(Level.ERROR, "a request met a mistake of ours", wrong);
    return Refusal.of(ErrorCode.INTERNAL, "the log has more under this trace_id");
  }
}
