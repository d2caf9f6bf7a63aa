package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.guard.Arrival;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of one request on its way in: read as declared, or got rid of. */
final class Incoming {
  private static final int FORGIVEN = 64 * 1024;
  private static final int LINGER = 1024 * 1024;
  private static final byte[] NONE = new byte[0];

  private final ServerRequest request;
  private @Nullable InputStream in;
  private boolean whole;
  private boolean secret;

  Incoming(ServerRequest request) {
    this.request = request;
    this.whole = !request.content().hasEntity();
  }

  /** Notes what the operation says of its body, read or not. */
  void declared(Operation operation) {
    secret = operation.accepts() instanceof Operation.JsonBody json && json.isSecret();
  }

  /** Reads the body that {@code operation} declares, or refuses it. */
  byte[] read(Operation operation) {
    byte[] body =
        switch (operation.accepts()) {
          case Operation.NoBody() -> none();
          case Operation.JsonBody(Class<?> _, long max, boolean _) ->
              bounded("application/json", max);
          case Operation.RawBody(String mediaType, long max) -> bounded(mediaType, max);
        };
    Arrival.current().ifPresent(Arrival::bodyArrived);
    return body;
  }

  /** Takes in what is left of a small body; false means that the connection cannot go on. */
  boolean finish() {
    long length = request.headers().contentLength().orElse(Long.MAX_VALUE);
    if (!whole && length <= FORGIVEN && !request.headers().contains(HeaderNames.EXPECT)) {
      skip(FORGIVEN);
    }
    if (whole) {
      Arrival.current().ifPresent(Arrival::bodyArrived);
    }
    return whole && !secret && !request.headers().contains(HeaderValues.CONNECTION_CLOSE);
  }

  /** A close with unread bytes would reset the line and could take the answer with it. */
  void linger() {
    if (!whole && !request.headers().contains(HeaderNames.EXPECT)) {
      skip(LINGER);
    }
  }

  private void skip(int most) {
    try {
      byte[] buffer = new byte[8 * 1024];
      for (int left = most; left > 0 && !whole; ) {
        int got = stream().read(buffer);
        left -= got;
        whole = got < 0;
      }
    } catch (IOException | RuntimeException gone) {
      // Broken framing or a client that left: not whole, so the connection ends.
    }
  }

  private byte[] none() {
    if (!whole && atMost(0).isEmpty()) {
      throw Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, "this operation takes no body");
    }
    return NONE;
  }

  private byte[] bounded(String mediaType, long max) {
    MediaTypes.checkContent(
        mediaType, request.headers().first(HeaderNames.CONTENT_TYPE).orElse(""));
    if (whole) {
      return NONE;
    }
    if (request.headers().contentLength().orElse(0) > max) {
      throw tooLarge(max);
    }
    return atMost(max).orElseThrow(() -> tooLarge(max));
  }

  private Optional<byte[]> atMost(long max) {
    try {
      byte[] bytes = stream().readNBytes(Math.toIntExact(max));
      whole = stream().read() == -1;
      return whole ? Optional.of(bytes) : Optional.empty();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** The web server hands the stream out once. */
  private InputStream stream() {
    if (in == null) {
      in = request.content().inputStream();
    }
    return in;
  }

  private static Refusal tooLarge(long max) {
    return Refusal.of(
        ErrorCode.PAYLOAD_TOO_LARGE, "this operation takes at most " + max + " bytes");
  }
}
