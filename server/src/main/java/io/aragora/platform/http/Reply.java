package io.aragora.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back: a JSON value, one that is shown once, bytes, nothing, or a stream that lives
 * until its writer returns.
 */
public record Reply(int status, Map<String, String> headers, Body body) {
  /** One of the five kinds of body. */
  public sealed interface Body {}

  /** Written as JSON by {@link io.aragora.platform.json.Json}. */
  public record JsonBody(Object value) implements Body {}

  /**
   * JSON that holds a secret. It is not kept under an Idempotency-Key: a repetition runs again,
   * with the same new id, and must make another secret for the same thing.
   */
  public record SecretBody(Object value) implements Body {}

  /** Sent as they are. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  public record BytesBody(String mediaType, byte[] bytes) implements Body {}

  /** No body at all. */
  public record NoBody() implements Body {}

  /** Written by and by, unbuffered, on the request's own virtual thread. */
  public record StreamBody(String mediaType, Writer writer) implements Body {}

  /** Writes a stream's bytes; flushes when a reader should see them. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(int status, Object value) {
    return new Reply(status, Map.of(), new JsonBody(value));
  }

  public static Reply ok(Object value) {
    return json(200, value);
  }

  public static Reply secret(int status, Object value) {
    return new Reply(status, Map.of(), new SecretBody(value));
  }

  public static Reply bytes(int status, String mediaType, byte[] bytes) {
    return new Reply(status, Map.of(), new BytesBody(mediaType, bytes));
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new NoBody());
  }

  public static Reply stream(String mediaType, Writer writer) {
    return new Reply(200, Map.of(), new StreamBody(mediaType, writer));
  }

  public Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
