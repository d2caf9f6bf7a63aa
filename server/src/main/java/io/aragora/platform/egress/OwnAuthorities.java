package io.aragora.platform.egress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The operator's own certificate authorities, which calls to other machines trust as well. */
public final class OwnAuthorities {
  private OwnAuthorities() {}

  /** What trusts the public authorities and those of a folder's {@code .crt} and {@code .pem}. */
  public static SSLContext besidePublicOnes(Path folder) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trusting(together(folder)).getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException bad) {
      throw new IllegalStateException("no trust can be built", bad);
    }
  }

  static KeyStore together(Path folder) throws IOException, GeneralSecurityException {
    var together = KeyStore.getInstance(KeyStore.getDefaultType());
    together.load(null, null);
    int known = 0;
    for (X509Certificate each : publicOnes()) {
      together.setCertificateEntry("public-" + known++, each);
    }
    for (Path file : files(folder)) {
      for (Certificate each : read(file)) {
        together.setCertificateEntry("own-" + known++, each);
      }
    }
    return together;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(OwnAuthorities::isCertificate).sorted().toList();
    } catch (IOException bad) {
      throw new IllegalArgumentException("cannot read the folder " + folder, bad);
    }
  }

  private static boolean isCertificate(Path file) {
    var name = file.toString();
    return name.endsWith(".crt") || name.endsWith(".pem");
  }

  private static List<Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException | GeneralSecurityException bad) {
      throw new IllegalArgumentException(file + " holds no certificate in PEM form", bad);
    }
    throw new IllegalArgumentException(file + " holds no certificate in PEM form");
  }

  private static List<X509Certificate> publicOnes() throws GeneralSecurityException {
    return Stream.of(trusting(null).getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(each -> Stream.of(((X509TrustManager) each).getAcceptedIssuers()))
        .toList();
  }

  private static TrustManagerFactory trusting(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
