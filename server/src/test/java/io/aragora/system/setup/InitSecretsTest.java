package io.aragora.system.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class InitSecretsTest {
  @TempDir private Path folder;
  private Volumes volumes;

  @BeforeEach
  void firstUp() {
    volumes = Volumes.in(folder);
    volumes.up(Volumes.NOW);
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    var before = contents();
    volumes.up(Volumes.NOW.plus(Duration.ofDays(100)));
    assertThat(volumes.said()).isEmpty();
    assertThat(contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void onlyItsUserCanReadASecret(Recipient recipient) throws IOException {
    assertThat(mode(volumes.of(recipient))).isEqualTo("rwx------");
    for (Path file : files(volumes.of(recipient))) {
      if (!Files.isSymbolicLink(file)) {
        assertThat(mode(file)).as(file.toString()).isEqualTo("r--------");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachCertificateIsOfTheKeyBesideItAndOfTheRightAuthority(Recipient recipient)
      throws IOException, GeneralSecurityException {
    var certificate = Certificates.read(shared(recipient.certificate()));
    var root = Certificates.read(shared(recipient.profile().root().certificate()));
    var key = EcKey.read(Files.readAllBytes(volumes.of(recipient).resolve(recipient.keyFile())));
    certificate.verify(root.getPublicKey());
    certificate.checkValidity(java.util.Date.from(Volumes.NOW));
    assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=" + recipient.subject());
    assertThat(certificate.getBasicConstraints()).isEqualTo(recipient == Recipient.EDGE ? 0 : -1);
  }

  @ParameterizedTest
  @EnumSource
  void everyLinkLeadsToAFileThatIsThere(Recipient recipient) throws IOException {
    for (var link : recipient.links().entrySet()) {
      assertThat(Files.readAllBytes(volumes.of(recipient).resolve(link.getKey())))
          .isEqualTo(shared(link.getValue()));
    }
  }

  @Test
  void noPrivateKeyIsInThePublicFolder() throws IOException {
    for (Path file : files(volumes.certificates())) {
      assertThat(Files.readString(file)).doesNotContain("PRIVATE");
    }
  }

  @Test
  void aCertificateWithLessThanAMonthLeftIsRenewedForTheSameKey()
      throws IOException, GeneralSecurityException {
    var before = Certificates.read(shared("app.crt"));
    volumes.up(before.getNotAfter().toInstant().minus(Duration.ofDays(29)));
    var after = Certificates.read(shared("app.crt"));
    assertThat(after.getNotAfter()).isAfter(before.getNotAfter());
    assertThat(after.getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(volumes.said()).contains("authority: issued the certificate of app");
  }

  @Test
  void anotherNameOfTheDatabaseBringsANewCertificate()
      throws IOException, GeneralSecurityException {
    volumes.up(Volumes.NOW, "standby");
    assertThat(Certificates.names(Certificates.read(shared("db.crt"))))
        .containsExactly("db", "standby");
  }

  /** What was half written, or lost alone, is made again, and all of it fits together again. */
  @ParameterizedTest
  @CsvSource({
    "secrets-app/db.key, lost",
    "secrets-db/server.key, half",
    "secrets-edge/intermediate.key, empty",
    "secrets-obs/metrics-token, half",
    "secrets-obs/admin-password, lost",
    "certificates/app.csr, half",
    "certificates/app.crt, half",
    "certificates/edge.crt, lost",
    "certificates/root.crt, lost",
    "certificates/cipher.id, lost",
    "secrets-ca/root.crt, lost"
  })
  void repairs(String file, String how) throws IOException, GeneralSecurityException {
    harm(folder.resolve(file), how);
    volumes.up(Volumes.NOW);
    volumes.up(Volumes.NOW);
    assertThat(volumes.said()).as("the next run finds nothing to do").isEmpty();
    for (Recipient each : Recipient.values()) {
      eachCertificateIsOfTheKeyBesideItAndOfTheRightAuthority(each);
      everyLinkLeadsToAFileThatIsThere(each);
    }
  }

  /** What cannot be made again without a loss is refused, in words that say what to do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secrets-db/cipher.conf|lost|backups exist that only it can open",
        "secrets-db/cipher.conf|half|backups exist that only it can open",
        "secrets-ca/root.key|lost|certificates of it are in use",
        "secrets-ca/db-ca.key|half|put it back from the recovery kit"
      })
  void refusesToReplace(String file, String how, String words) throws IOException {
    harm(folder.resolve(file), how);
    var harmed = contents();
    assertThatThrownBy(() -> volumes.up(Volumes.NOW))
        .isInstanceOf(SetupFault.class)
        .hasMessageContaining(words)
        .hasMessageContaining("recovery kit");
    assertThat(contents()).as("nothing was changed").isEqualTo(harmed);
  }

  @Test
  void aKeyIsMadeAnewOnRequest() throws IOException, GeneralSecurityException {
    var before = Certificates.read(shared("db.crt")).getPublicKey();
    volumes.keys(Recipient.DB).renew("server.key");
    volumes.issue(Volumes.NOW);
    assertThat(Certificates.read(shared("db.crt")).getPublicKey()).isNotEqualTo(before);
    eachCertificateIsOfTheKeyBesideItAndOfTheRightAuthority(Recipient.DB);
  }

  @Test
  void theOldCipherIsKeptBesideANewOne() throws IOException {
    var cipher = volumes.of(Recipient.DB).resolve("cipher.conf");
    var old = Files.readString(cipher);
    volumes.keys(Recipient.DB).renew("cipher.conf");
    assertThat(Files.readString(cipher)).startsWith("[global]").isNotEqualTo(old);
    assertThat(Files.readString(volumes.of(Recipient.DB).resolve("cipher.conf.old")))
        .isEqualTo(old);
    volumes.up(Volumes.NOW);
    assertThat(volumes.said()).isEmpty();
  }

  @Test
  void aFileNobodyKnowsCannotBeMadeAnew() {
    assertThatThrownBy(() -> volumes.keys(Recipient.APP).renew("cipher.conf"))
        .isInstanceOf(SetupFault.class)
        .hasMessage("app has no file cipher.conf");
  }

  @Test
  void aClockThatIsBehindIsToldSo() {
    assertThatThrownBy(() -> volumes.issue(Instant.parse("2020-01-01T00:00:00Z")))
        .isInstanceOf(SetupFault.class)
        .hasMessageContaining("clock says 2020-01-01T00:00:00Z");
  }

  @Test
  void aJobThatDidNotRunIsNamed(@TempDir Path other) {
    assertThatThrownBy(() -> Volumes.in(other).issue(Volumes.NOW))
        .isInstanceOf(SetupFault.class)
        .hasMessageContaining("keys of app must run first");
  }

  @Test
  void twoAppliancesHaveNothingInCommon(@TempDir Path other) throws IOException {
    Volumes.in(other).up(Volumes.NOW);
    for (String file : List.of("secrets-db/cipher.conf", "secrets-obs/metrics-token")) {
      assertThat(Files.readString(other.resolve(file)))
          .isNotEqualTo(Files.readString(folder.resolve(file)));
    }
  }

  private byte[] shared(String name) throws IOException {
    return Files.readAllBytes(volumes.certificates().resolve(name));
  }

  private static void harm(Path file, String how) throws IOException {
    var content = Files.readAllBytes(file);
    Files.delete(file);
    switch (how) {
      case "lost" -> {}
      case "half" -> Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
      case "empty" -> Files.createFile(file);
      default -> throw new IllegalArgumentException(how);
    }
  }

  private Map<String, String> contents() throws IOException {
    var all = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (Path each : paths.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(each).toString(), Files.readString(each));
      }
    }
    return all;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
