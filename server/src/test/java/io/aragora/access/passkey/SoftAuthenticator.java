package io.aragora.access.passkey;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/** A device with one passkey, and the browser around it; each answer can be bent by the test. */
final class SoftAuthenticator {
  static final int PRESENT = 0x01;
  static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final ObjectConverter CONVERTER = new ObjectConverter();

  final byte[] credentialId = new byte[32];
  private final KeyPair pair;
  private final String handle;
  String origin;
  String rpId;
  int flags = PRESENT | VERIFIED;
  int count;

  SoftAuthenticator(String origin, String rpId, String handle) {
    this.origin = origin;
    this.rpId = rpId;
    this.handle = handle;
    new SecureRandom().nextBytes(credentialId);
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  Passkey.Made make(String name, String challenge) {
    byte[] key =
        CONVERTER
            .getCborConverter()
            .writeValueAsBytes(
                EC2COSEKey.create((ECPublicKey) pair.getPublic(), COSEAlgorithmIdentifier.ES256));
    byte[] attested =
        ByteBuffer.allocate(16 + 2 + credentialId.length + key.length)
            .put(new byte[16])
            .putShort((short) credentialId.length)
            .put(credentialId)
            .put(key)
            .array();
    byte[] data = join(device(flags | ATTESTED), attested);
    byte[] object =
        join(
            new byte[] {(byte) 0xa3, 0x63},
            text("fmt"),
            new byte[] {0x64},
            text("none"),
            new byte[] {0x67},
            text("attStmt"),
            new byte[] {(byte) 0xa0, 0x68},
            text("authData"),
            new byte[] {0x59, (byte) (data.length >> 8), (byte) data.length},
            data);
    return new Passkey.Made(
        name,
        Base64Text.encodeUrl(client("webauthn.create", challenge)),
        Base64Text.encodeUrl(object));
  }

  Passkey.Assertion sign(String challenge) {
    count++;
    return signAgain("webauthn.get", challenge);
  }

  /** Without the counter going up, as a copy would. */
  Passkey.Assertion signAgain(String type, String challenge) {
    byte[] client = client(type, challenge);
    byte[] device = device(flags);
    return new Passkey.Assertion(
        Base64Text.encodeUrl(credentialId),
        handle,
        Base64Text.encodeUrl(client),
        Base64Text.encodeUrl(device),
        Base64Text.encodeUrl(signature(join(device, Sha256.of(client).bytes()))));
  }

  private byte[] client(String type, String challenge) {
    return text(
        "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
            .formatted(type, challenge, origin));
  }

  private byte[] device(int bits) {
    return ByteBuffer.allocate(37)
        .put(Sha256.ofText(rpId).bytes())
        .put((byte) bits)
        .putInt(count)
        .array();
  }

  private byte[] signature(byte[] data) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] text(String plain) {
    return plain.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
