package io.aragora.platform.config;

/** Where the edge has its certificate from. */
public enum TlsMode {
  /** The appliance's own authority. */
  INTERNAL,
  /** A public authority that checks the name by itself, such as Let's Encrypt. */
  ACME,
  /** Files the operator brings. */
  BYO,
  /** None: another proxy before the edge ends TLS. */
  PROXY
}
