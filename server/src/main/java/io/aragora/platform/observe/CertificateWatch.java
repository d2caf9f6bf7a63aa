package io.aragora.platform.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;

/**
 * When a certificate that this node was given ends; a renewed file is seen at the next look. The
 * file holds one certificate or more, as PEM or DER.
 */
public record CertificateWatch(Path file) implements Watched {
  @Override
  public void tell(Meters meters) {
    meters.show(
        Meter.CERTIFICATE_END, firstEnd().getEpochSecond(), String.valueOf(file.getFileName()));
  }

  /** A chain is good until its first certificate ends. */
  private Instant firstEnd() {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(each -> ((X509Certificate) each).getNotAfter().toInstant())
          .min(Comparator.naturalOrder())
          .orElseThrow(() -> new IllegalStateException("no certificate in " + file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (CertificateException broken) {
      throw new IllegalStateException("no certificate in " + file, broken);
    }
  }
}
