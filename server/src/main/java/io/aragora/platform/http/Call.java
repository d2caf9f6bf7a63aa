package io.aragora.platform.http;

import java.util.Optional;
import java.util.UUID;

/** One request to one operation, already admitted: credentials and right checked, body bounded. */
public interface Call {
  /** The JSON body as a record; refuses what is malformed, unknown or breaks the record's rules. */
  <T> T body(Class<T> type);

  /** The raw body, at most what the operation declares. */
  byte[] bytes();

  /** A path parameter, decoded. */
  String path(String name);

  /** A path parameter that is an id; anything else is NOT_FOUND. */
  UUID pathId(String name);

  Optional<String> query(String name);

  Optional<String> header(String name);

  /** The page size asked for: 50 unless told, at most 200. */
  int limit();

  Optional<String> cursor();

  /** What the gate found out about the caller; the access package reads its own type here. */
  <T> T admitted(Class<T> type);

  /**
   * The id a creating operation gives its new thing. With an Idempotency-Key it is the same on
   * every repetition, so that a repetition after a crash finds the thing instead of making another.
   */
  UUID newId();

  /** The request's id, also in the log, the problem document and the X-Request-Id header. */
  String requestId();
}
