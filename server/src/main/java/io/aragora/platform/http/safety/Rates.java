package io.aragora.platform.http.safety;

/** Requests a minute that one caller, and one address of strangers, may make; 0 is no limit. */
public record Rates(int caller, int stranger) {
  public static final Rates NONE = new Rates(0, 0);
}
