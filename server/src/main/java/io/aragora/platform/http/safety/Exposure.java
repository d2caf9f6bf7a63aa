package io.aragora.platform.http.safety;

import io.aragora.platform.http.sender.TrustedProxies;
import java.net.URI;

/** How the world reaches the server: at which address, how often, and through which proxies. */
public record Exposure(URI publicUrl, Rates rates, TrustedProxies proxies) {
  /** On this machine only, as often as one likes. */
  public static final Exposure LOCAL = at(URI.create("http://127.0.0.1"), Rates.NONE);

  /** At this address, which says whether a TLS edge stands in front. */
  public static Exposure at(URI publicUrl, Rates rates) {
    return new Exposure(publicUrl, rates, TrustedProxies.NONE);
  }

  public Exposure behind(TrustedProxies trusted) {
    return new Exposure(publicUrl, rates, trusted);
  }

  boolean overTls() {
    return "https".equalsIgnoreCase(publicUrl.getScheme());
  }
}
