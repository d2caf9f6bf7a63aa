package io.aragora.platform.egress;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines or the whole from a body that is still arriving. */
final class ArrivingReply implements EgressReply {
  private final HttpResponse<ArrivingBody> response;
  private byte[] chunk = new byte[0];
  private int at;

  ArrivingReply(HttpResponse<ArrivingBody> response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.statusCode();
  }

  @Override
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  @Override
  public byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (refill()) {
      whole.write(chunk, at, chunk.length - at);
      at = chunk.length;
    }
    return whole.toByteArray();
  }

  @Override
  public String text() {
    return decoded(bytes());
  }

  @Override
  public Optional<String> nextLine(int maxBytes) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean any = false;
    while (refill()) {
      any = true;
      int end = lineEnd();
      line.write(chunk, at, end - at);
      if (line.size() > maxBytes) {
        close();
        throw new EgressFault(
            EgressFault.Kind.TOO_LARGE, "a line is longer than " + maxBytes + " bytes");
      }
      at = end + 1;
      if (end < chunk.length) {
        break;
      }
    }
    return any ? Optional.of(withoutReturn(decoded(line.toByteArray()))) : Optional.empty();
  }

  @Override
  public void close() {
    response.body().cancel();
  }

  private int lineEnd() {
    int end = at;
    while (end < chunk.length && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean refill() {
    while (at >= chunk.length) {
      byte[] next = response.body().next();
      if (next == null) {
        return false;
      }
      chunk = next;
      at = 0;
    }
    return true;
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException bad) {
      throw new EgressFault(EgressFault.Kind.BAD_ENCODING, "the reply is not UTF-8", bad);
    }
  }
}
