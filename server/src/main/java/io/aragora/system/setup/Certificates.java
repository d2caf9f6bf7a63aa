package io.aragora.system.setup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX500NameUtil;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests for certificates, and certificates, as X.509 has them. */
final class Certificates {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final String REQUEST = "CERTIFICATE REQUEST";

  // A clock on another machine may be behind ours.
  private static final Duration SLACK = Duration.ofHours(1);

  /** Whose certificate, for which key; the names are those a server is reached by. */
  record Wish(Recipient recipient, PublicKey key, List<String> names) {
    Wish {
      names = List.copyOf(names);
    }
  }

  private Certificates() {}

  /** Asks for a certificate, and proves to have the key. */
  static byte[] request(String subject, KeyPair pair) {
    try {
      return EcKey.pem(
          REQUEST,
          new JcaPKCS10CertificationRequestBuilder(name(subject), pair.getPublic())
              .build(signer(pair.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException bad) {
      throw new IllegalStateException("a request cannot be written", bad);
    }
  }

  /** The key a request is about; a request whose maker does not have it is no request. */
  static PublicKey requested(byte[] file) throws GeneralSecurityException, IOException {
    try {
      var request =
          new JcaPKCS10CertificationRequest(
              new PKCS10CertificationRequest(EcKey.content(REQUEST, file)));
      var verifier =
          new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo());
      if (!request.isSignatureValid(verifier)) {
        throw new GeneralSecurityException("its signature is not of its key");
      }
      return request.getPublicKey();
    } catch (OperatorCreationException | PKCSException bad) {
      throw new GeneralSecurityException(bad);
    }
  }

  static X509Certificate read(byte[] file) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(file));
  }

  /** The names a server's certificate is good for. */
  static List<String> names(X509Certificate certificate) throws CertificateParsingException {
    var all = certificate.getSubjectAlternativeNames();
    return all == null ? List.of() : all.stream().map(each -> String.valueOf(each.get(1))).toList();
  }

  /** The certificate an authority has of itself. */
  static byte[] root(String title, KeyPair pair, Instant now, SecureRandom random) {
    var subject = name(title);
    var builder = builder(subject, subject, pair.getPublic(), now, Profile.Root.LIFE, random);
    try {
      var keys = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(1))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              keys.createSubjectKeyIdentifier(pair.getPublic()));
      return sign(builder, pair.getPrivate());
    } catch (IOException | GeneralSecurityException bad) {
      throw new IllegalStateException("a root cannot be written", bad);
    }
  }

  /** What a recipient asked for, signed by {@code issuer}. */
  static byte[] issue(Wish wish, Issuer issuer, Instant now, SecureRandom random) {
    var key = wish.key();
    var profile = wish.recipient().profile();
    var builder =
        builder(
            JcaX500NameUtil.getSubject(issuer.certificate()),
            name(wish.recipient().subject()),
            key,
            now,
            profile.life(),
            random);
    try {
      var keys = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.subjectKeyIdentifier, false, keys.createSubjectKeyIdentifier(key))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              keys.createAuthorityKeyIdentifier(issuer.certificate()));
      use(wish, builder);
      return sign(builder, issuer.key());
    } catch (IOException | GeneralSecurityException bad) {
      throw new IllegalStateException("a certificate cannot be written", bad);
    }
  }

  private static void use(Wish wish, X509v3CertificateBuilder builder) throws CertIOException {
    switch (wish.recipient().profile()) {
      case WEB_INTERMEDIATE ->
          builder
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      case DATABASE_CLIENT -> end(builder, KeyPurposeId.id_kp_clientAuth);
      case DATABASE_SERVER ->
          end(builder, KeyPurposeId.id_kp_serverAuth)
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      wish.names().stream()
                          .map(name -> new GeneralName(GeneralName.dNSName, name))
                          .toArray(GeneralName[]::new)));
    }
  }

  private static X509v3CertificateBuilder end(
      X509v3CertificateBuilder builder, KeyPurposeId purpose) throws CertIOException {
    return builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      Instant now,
      Period life,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, random),
        Date.from(now.minus(SLACK)),
        Date.from(now.atOffset(ZoneOffset.UTC).plus(life).toInstant()),
        subject,
        key);
  }

  private static byte[] sign(X509v3CertificateBuilder builder, PrivateKey key) throws IOException {
    try {
      return EcKey.pem("CERTIFICATE", builder.build(signer(key)).getEncoded());
    } catch (OperatorCreationException bad) {
      throw new IllegalStateException("every JDK has " + SIGNATURE, bad);
    }
  }

  private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
    return new JcaContentSignerBuilder(SIGNATURE).build(key);
  }

  private static X500Name name(String common) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
  }
}
