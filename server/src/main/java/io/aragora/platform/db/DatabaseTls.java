package io.aragora.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the line to the database is private: the server must prove its name by a certificate of this
 * authority, and where a client certificate is given, we prove ours by it. The files are read anew
 * for each connection, so that renewed ones need no restart.
 */
public record DatabaseTls(Path authority, @Nullable Client client) {

  /** Our own certificate and its key (PKCS #8, PEM or DER). */
  public record Client(Path certificate, Path key) {
    /** The driver takes every PEM key for one of RSA unless it is told. */
    private String algorithm() {
      try (var file = Files.newInputStream(certificate)) {
        return CertificateFactory.getInstance("X.509")
            .generateCertificate(file)
            .getPublicKey()
            .getAlgorithm();
      } catch (IOException | CertificateException bad) {
        throw DatabaseFault.unavailable(
            "the certificate %s cannot be used: %s".formatted(certificate, bad.getMessage()), bad);
      }
    }
  }

  /** The files whose end ends the line: the authority's, and ours where we have one. */
  public List<Path> certificates() {
    return client == null ? List.of(authority) : List.of(authority, client.certificate());
  }

  /** By the names the driver knows them by. */
  Map<String, String> properties() {
    var all = new HashMap<String, String>();
    all.put("sslmode", "verify-full");
    all.put("sslrootcert", authority.toString());
    if (client != null) {
      all.put("sslcert", client.certificate().toString());
      all.put("sslkey", client.key().toString());
      all.put("pemKeyAlgorithm", client.algorithm());
    }
    return all;
  }
}
