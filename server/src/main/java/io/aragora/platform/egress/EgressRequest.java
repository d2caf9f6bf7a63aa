package io.aragora.platform.egress;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to another machine and how large its reply may be.
 *
 * @param redirects how many redirects of a GET may be followed; each is checked like a new address,
 *     and credentials stay with their origin
 */
public record EgressRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    byte @Nullable [] body,
    long maxReplyBytes,
    int redirects) {

  public EgressRequest {
    headers = Map.copyOf(headers);
    if (maxReplyBytes <= 0 || redirects < 0 || redirects > 5) {
      throw new IllegalArgumentException(
          "limits out of range: " + maxReplyBytes + " bytes, " + redirects + " redirects");
    }
    if (redirects > 0 && !method.equals("GET")) {
      throw new IllegalArgumentException("only a GET may follow redirects: " + method);
    }
  }

  public static EgressRequest get(URI uri, Map<String, String> headers, long maxReplyBytes) {
    return new EgressRequest("GET", uri, headers, null, maxReplyBytes, 3);
  }

  public static EgressRequest post(
      URI uri, Map<String, String> headers, byte[] body, long maxReplyBytes) {
    return new EgressRequest("POST", uri, headers, body, maxReplyBytes, 0);
  }
}
