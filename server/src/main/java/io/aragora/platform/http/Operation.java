package io.aragora.platform.http;

import io.aragora.kernel.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One API call declared once, as data: the route is registered from it and the OpenAPI document,
 * the permission check and the reference pages are made from it. The id is {@code noun.verb}.
 */
public record Operation(
    String id,
    String verb,
    String path,
    String summary,
    @Nullable Right right,
    Accepts accepts,
    List<Gives> gives,
    List<Parameter> parameters,
    List<ErrorCode> refusals) {

  /** What body the operation takes. */
  public sealed interface Accepts {}

  /** No body; one that comes anyway is refused. */
  public record NoBody() implements Accepts {}

  /**
   * A JSON object of at most {@code maxBytes}. Where it holds a secret, the connection it came by
   * ends with the answer: an open one keeps the last bytes it read.
   */
  public record JsonBody(Class<?> type, long maxBytes, boolean isSecret) implements Accepts {}

  /** Raw bytes of at most {@code maxBytes}. */
  public record RawBody(String mediaType, long maxBytes) implements Accepts {}

  /** One possible answer: {@code type} is null where the body is not JSON. */
  public record Gives(int status, String mediaType, @Nullable Class<?> type, String about) {}

  /** A query or header parameter. Path parameters come from the path. */
  public record Parameter(String name, String in, String type, boolean required, String about) {}

  private static final long JSON_LIMIT = 256 * 1024;

  public Operation {
    gives = List.copyOf(gives);
    parameters = List.copyOf(parameters);
    refusals = List.copyOf(refusals);
  }

  public static Operation get(String id, String path) {
    return start(id, "GET", path);
  }

  public static Operation post(String id, String path) {
    return start(id, "POST", path);
  }

  public static Operation put(String id, String path) {
    return start(id, "PUT", path);
  }

  public static Operation delete(String id, String path) {
    return start(id, "DELETE", path);
  }

  public Operation about(String sentence) {
    return new Operation(id, verb, path, sentence, right, accepts, gives, parameters, refusals);
  }

  /** Without this the operation is open to everybody. */
  public Operation needs(Right needed) {
    return new Operation(id, verb, path, summary, needed, accepts, gives, parameters, refusals);
  }

  public Operation takes(Class<?> type) {
    return accepting(new JsonBody(type, JSON_LIMIT, false));
  }

  /** As {@link #takes}, of a body that holds a password or the like. */
  public Operation takesSecret(Class<?> type) {
    return accepting(new JsonBody(type, JSON_LIMIT, true));
  }

  public Operation takesBytes(String mediaType, long maxBytes) {
    return accepting(new RawBody(mediaType, maxBytes));
  }

  public Operation gives(int status, Class<?> type) {
    return giving(new Gives(status, "application/json", type, ""));
  }

  public Operation gives(int status, String mediaType, String about) {
    return giving(new Gives(status, mediaType, null, about));
  }

  /** Answers with a {@link io.aragora.kernel.Page} of {@code item}; adds limit and cursor. */
  public Operation givesPageOf(Class<?> item) {
    return giving(new Gives(200, "application/json", item, "page"))
        .query("limit", "integer", "Page size, 1 to 200; 50 unless told.")
        .query("cursor", "string", "The next_cursor of the page before.");
  }

  public Operation query(String name, String type, String about) {
    return with(new Parameter(name, "query", type, false, about));
  }

  public Operation header(String name, String about) {
    return with(new Parameter(name, "header", "string", false, about));
  }

  public Operation refuses(ErrorCode... codes) {
    return new Operation(
        id,
        verb,
        path,
        summary,
        right,
        accepts,
        gives,
        parameters,
        Stream.concat(refusals.stream(), Stream.of(codes)).toList());
  }

  public Optional<Right> neededRight() {
    return Optional.ofNullable(right);
  }

  /** The noun of the id: operations are grouped by it. */
  public String noun() {
    return id.substring(0, id.indexOf('.'));
  }

  private static Operation start(String id, String verb, String path) {
    return new Operation(id, verb, path, "", null, new NoBody(), List.of(), List.of(), List.of());
  }

  private Operation accepting(Accepts body) {
    return new Operation(id, verb, path, summary, right, body, gives, parameters, refusals);
  }

  private Operation giving(Gives answer) {
    var all = new ArrayList<>(gives);
    all.add(answer);
    return new Operation(id, verb, path, summary, right, accepts, all, parameters, refusals);
  }

  private Operation with(Parameter parameter) {
    var all = new ArrayList<>(parameters);
    all.add(parameter);
    return new Operation(id, verb, path, summary, right, accepts, gives, all, refusals);
  }
}
