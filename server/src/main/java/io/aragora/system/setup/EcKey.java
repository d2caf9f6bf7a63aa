package io.aragora.system.setup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Key pairs on P-256, and their form in files: PKCS #8 in PEM, which every part here reads. */
final class EcKey {
  private static final String CURVE = "secp256r1";
  private static final String PRIVATE = "PRIVATE KEY";

  private EcKey() {}

  static KeyPair fresh(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has P-256", impossible);
    }
  }

  static byte[] write(KeyPair pair) {
    return pem(PRIVATE, pair.getPrivate().getEncoded());
  }

  /** The pair of a private key's file. */
  static KeyPair read(byte[] file) throws GeneralSecurityException, IOException {
    var factory = KeyFactory.getInstance("EC");
    var secret =
        (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(content(PRIVATE, file)));
    var at =
        new FixedPointCombMultiplier()
            .multiply(CustomNamedCurves.getByName(CURVE).getG(), secret.getS())
            .normalize();
    var point =
        new ECPoint(at.getAffineXCoord().toBigInteger(), at.getAffineYCoord().toBigInteger());
    return new KeyPair(
        factory.generatePublic(new ECPublicKeySpec(point, secret.getParams())), secret);
  }

  static byte[] pem(String type, byte[] content) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException impossible) {
      throw new IllegalStateException("writing to memory failed", impossible);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] content(String type, byte[] file) throws IOException {
    try (var reader =
        new PemReader(
            new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.US_ASCII))) {
      var found = reader.readPemObject();
      if (found == null || !found.getType().equals(type)) {
        throw new IOException("no " + type + " in it");
      }
      return found.getContent();
    }
  }
}
