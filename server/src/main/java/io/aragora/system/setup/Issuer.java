package io.aragora.system.setup;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** An authority: its certificate and the key it signs with. */
record Issuer(X509Certificate certificate, PrivateKey key) {
  @Override
  public String toString() {
    return String.valueOf(certificate.getSubjectX500Principal());
  }
}
