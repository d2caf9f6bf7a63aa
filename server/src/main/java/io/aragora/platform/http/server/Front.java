package io.aragora.platform.http.server;

import io.aragora.platform.http.safety.CrossSite;
import io.aragora.platform.http.safety.Exposure;
import io.aragora.platform.http.safety.SafetyHeaders;
import io.aragora.platform.http.sender.Sender;
import io.aragora.platform.http.sender.TrustedProxies;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** What is asked of every request before anybody looks at what it wants. */
record Front(SafetyHeaders headers, CrossSite crossSite, TrustedProxies proxies) {
  private static final HeaderName FOR = HeaderNames.create("X-Forwarded-For");
  private static final HeaderName PROTO = HeaderNames.create("X-Forwarded-Proto");

  static Front of(Exposure exposure) {
    return new Front(SafetyHeaders.of(exposure), new CrossSite(exposure), exposure.proxies());
  }

  Sender sender(ServerRequest request) {
    return Sender.of(
        request.remotePeer().address(),
        new Sender.Forwarded(values(request, FOR), values(request, PROTO)),
        proxies);
  }

  void tell(Sender sender, ServerResponse response) {
    headers.forEach(sender, response::header);
  }

  void refuseOtherSites(ServerRequest request, Sender sender) {
    crossSite.refuse(request.prologue().method().text(), request.headers(), sender);
  }

  private static List<String> values(ServerRequest request, HeaderName name) {
    return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
  }
}
