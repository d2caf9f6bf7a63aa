package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Call;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call as the web server's request gives it. */
final class HttpCall implements Call {
  private static final int DEFAULT_LIMIT = 50;

  private final ServerRequest request;
  private final @Nullable Admitted admitted;
  private final byte[] body;
  private final String requestId;
  private final Ids ids;
  private @Nullable UUID newId;

  HttpCall(
      ServerRequest request, @Nullable Admitted admitted, byte[] body, String requestId, Ids ids) {
    this.request = request;
    this.admitted = admitted;
    this.body = body;
    this.requestId = requestId;
    this.ids = ids;
  }

  /** Fixes the id that {@link #newId} gives. */
  void remember(UUID id) {
    newId = id;
  }

  /** The path as it came. */
  String rawPath() {
    return request.path().rawPath();
  }

  @Override
  public <T> T body(Class<T> type) {
    if (body.length == 0) {
      throw new JsonFault("", "empty", "the body is empty");
    }
    return Json.read(body, type);
  }

  @Override
  public byte[] bytes() {
    return body.clone();
  }

  @Override
  public String path(String name) {
    return request.path().pathParameters().get(name);
  }

  @Override
  public UUID pathId(String name) {
    String text = path(name);
    // Stricter than UUID.fromString, which takes 1-1-1-1-1.
    if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      return UUID.fromString(text);
    }
    throw Refusal.of(ErrorCode.NOT_FOUND, "there is nothing with this " + name);
  }

  @Override
  public Optional<String> query(String name) {
    return request.query().first(name).asOptional();
  }

  @Override
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  @Override
  public int limit() {
    return query("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
  }

  @Override
  public Optional<String> cursor() {
    return query("cursor");
  }

  @Override
  public <T> T admitted(Class<T> type) {
    if (type.isInstance(admitted)) {
      return type.cast(admitted);
    }
    throw new IllegalStateException("the operation is open to everybody: there is no caller");
  }

  @Override
  public UUID newId() {
    if (newId == null) {
      newId = ids.next();
    }
    return newId;
  }

  @Override
  public String requestId() {
    return requestId;
  }
}
