package io.aragora.system.setup;

import io.aragora.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that is no key pair: its file, and the public trace by which it is known again. */
enum Made {
  /** The passphrase of all backups, as pgBackRest reads it. Without it they are lost. */
  CIPHER("cipher.conf", "cipher.id", 48) {
    @Override
    String written(String secret) {
      return "[global]\nrepo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass=" + secret + "\n";
    }
  },
  /** What a scraper of the metrics shows; the server is given its hash only. */
  METRICS_TOKEN("metrics-token", "metrics-token.id", 32),
  /** The first password of the dashboards' administrator. */
  ADMIN_PASSWORD("admin-password", "admin-password.id", 18);

  private final String file;
  private final String trace;
  private final int bytes;

  Made(String file, String trace, int bytes) {
    this.file = file;
    this.trace = trace;
    this.bytes = bytes;
  }

  String file() {
    return file;
  }

  /** The file's name in the public folder; one way only, for each is random and long. */
  String trace() {
    return trace;
  }

  /** Whether something old can be read with this secret only. */
  boolean isIrreplaceable() {
    return this == CIPHER;
  }

  byte[] fresh(SecureRandom random) {
    var secret = new byte[bytes];
    random.nextBytes(secret);
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return written(text).getBytes(StandardCharsets.UTF_8);
  }

  /** The trace of a file's content. */
  byte[] traceOf(byte[] content) {
    return ("sha256:" + Sha256.of(content).hex() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  String written(String secret) {
    return secret;
  }
}
