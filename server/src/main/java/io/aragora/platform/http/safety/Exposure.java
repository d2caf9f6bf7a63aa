package io.aragora.platform.http.safety;

import java.net.URI;

/** How the world reaches the server: by TLS or not, and how often one caller may ask. */
public record Exposure(boolean overTls, Rates rates) {
  /** On this machine only, as often as one likes. */
  public static final Exposure LOCAL = new Exposure(false, Rates.NONE);

  /** At this address, which says whether a TLS edge stands in front. */
  public static Exposure at(URI publicUrl, Rates rates) {
    return new Exposure("https".equalsIgnoreCase(publicUrl.getScheme()), rates);
  }
}
