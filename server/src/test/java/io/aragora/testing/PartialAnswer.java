package io.aragora.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** An answer with as much of its body as came, whether or not that is all of it. */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record PartialAnswer(HttpResponse<InputStream> head, byte[] body) implements HttpResponse<byte[]> {
  static PartialAnswer of(HttpResponse<InputStream> head) {
    var got = new ByteArrayOutputStream();
    try (InputStream in = head.body()) {
      in.transferTo(got);
    } catch (IOException brokenOff) {
      // What came before is the answer.
    }
    return new PartialAnswer(head, got.toByteArray());
  }

  @Override
  public int statusCode() {
    return head.statusCode();
  }

  @Override
  public HttpRequest request() {
    return head.request();
  }

  @Override
  public Optional<HttpResponse<byte[]>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    return head.headers();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return head.sslSession();
  }

  @Override
  public URI uri() {
    return head.uri();
  }

  @Override
  public HttpClient.Version version() {
    return head.version();
  }
}
