package io.aragora.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a server whose certificate only the operator vouches for. */
final class OwnAuthoritiesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void aServerOfAnOwnAuthorityIsCalledOnceItsCertificateIsInTheFolder() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    HttpsServer server = server(own.resolve("authority.crt"));
    try {
      var address = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      assertThatThrownBy(() -> call(SSLContext.getDefault(), address))
          .isInstanceOf(SSLHandshakeException.class);
      assertThat(call(OwnAuthorities.besidePublicOnes(own), address)).isEqualTo(204);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void publicAuthoritiesStayTrusted() throws Exception {
    var usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    usual.init((KeyStore) null);
    var issuers = ((X509TrustManager) usual.getTrustManagers()[0]).getAcceptedIssuers();
    assertThat(issuers).isNotEmpty();
    assertThat(OwnAuthorities.together(folder).size()).isEqualTo(issuers.length);
  }

  @Test
  void whatIsNoCertificateIsNamed() throws IOException {
    Files.writeString(folder.resolve("notes.pem"), "not a certificate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnAuthorities.besidePublicOnes(folder))
        .withMessageContaining("notes.pem holds no certificate");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnAuthorities.besidePublicOnes(folder.resolve("gone")))
        .withMessageContaining("gone");
  }

  private static int call(SSLContext trust, URI address) throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** With a certificate of its own, which is left in a file. */
  private HttpsServer server(Path certificate) throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        store);
    keytool("-exportcert", "-rfc", "-file", certificate.toString(), store);
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void keytool(Object... words) throws Exception {
    var command = new ArrayList<String>(List.of(System.getProperty("java.home") + "/bin/keytool"));
    for (Object word : words) {
      command.add(word instanceof Path ? "-keystore" : word.toString());
      if (word instanceof Path store) {
        command.add(store.toString());
      }
    }
    command.addAll(List.of("-storepass", new String(PASSWORD), "-alias", "server"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
